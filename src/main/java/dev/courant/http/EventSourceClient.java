package dev.courant.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects clients that may be an {@code EventSource}. By the WHATWG standard such a client never reconnects after a status
 * other than 200. Other clients obey {@code 503} and {@code Retry-After}.
 */
public final class EventSourceClient {

    /** Known clients of other kinds: Jersey's obeys {@code Retry-After}, and curl shows the status to its user. */
    private static final List<String> OTHER_CLIENTS = List.of("Jersey/", "curl/");

    private EventSourceClient() {}

    /**
     * Returns whether the client is a browser, or accepts only {@code text/event-stream} and is not known to be another
     * kind of client.
     *
     * @param userAgent the header {@code User-Agent}
     * @param accept the header {@code Accept}
     */
    public static boolean matches(@Nullable String userAgent, @Nullable String accept) {
        if (userAgent != null && userAgent.startsWith("Mozilla/")) {
            return true;
        }
        boolean other = userAgent != null && OTHER_CLIENTS.stream().anyMatch(userAgent::startsWith);
        return !other && accept != null && accept.strip().equalsIgnoreCase("text/event-stream");
    }
}
