package dev.courant.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients that give up for good on any status but 200, as the WHATWG standard has it, from those that come back after
 * {@code 503} and {@code Retry-After}.
 */
public final class EventSourceClient {

    /** Clients that are none whatever they accept: Jersey's obeys {@code Retry-After}, curl shows its user the status. */
    private static final List<String> OTHERS = List.of("Jersey/", "curl/");

    private EventSourceClient() {}

    /**
     * Returns whether a client may be an {@code EventSource}: it is a browser, or accepts {@code text/event-stream} alone and
     * is not known to be anything else.
     *
     * @param agent the header {@code User-Agent}
     * @param accept the header {@code Accept}
     */
    public static boolean is(@Nullable String agent, @Nullable String accept) {
        if (agent != null && agent.startsWith("Mozilla/")) {
            return true;
        }
        boolean other = agent != null && OTHERS.stream().anyMatch(agent::startsWith);
        return !other && accept != null && accept.strip().equalsIgnoreCase("text/event-stream");
    }
}
