package dev.courant.stream;

import org.jspecify.annotations.Nullable;

/**
 * Tells clients that give up for good on any status but 200, as the WHATWG standard has it, from those that come back after
 * {@code 503} and {@code Retry-After}.
 */
public final class EventSourceClient {

    private EventSourceClient() {}

    /**
     * Returns whether a client may be an {@code EventSource}: it is a browser, or accepts {@code text/event-stream} alone and
     * is not Jersey's client, which obeys {@code Retry-After}.
     *
     * @param agent the header {@code User-Agent}
     * @param accept the header {@code Accept}
     */
    public static boolean is(@Nullable String agent, @Nullable String accept) {
        if (agent != null && (agent.startsWith("Mozilla/") || agent.startsWith("Jersey/"))) {
            return agent.startsWith("Mozilla/");
        }
        return accept != null && accept.strip().equalsIgnoreCase("text/event-stream");
    }
}
