package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** How a client that is refused a stream learns when to come back. */
public final class RetryAfter {

    /** A client comes back after this and up to twice this. */
    private static final long SECONDS = 10;

    private RetryAfter() {}

    /** Returns a {@code Retry-After} header. */
    public static ResponseHeader after() {
        return ResponseHeader.retryAfter(millis() / 1000 + 1);
    }

    /**
     * Answers what may be an {@code EventSource} with an empty stream that has a retry time. An EventSource takes any status
     * but 200 for a reason never to reconnect.
     *
     * @return whether the client was answered; every other client is to be told by status and {@link #after}
     */
    public static boolean answerEventSource(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!EventSourceClient.is(request.getHeader("User-Agent"), request.getHeader("Accept"))) {
            return false;
        }
        response.setContentType("text/event-stream");
        response.getOutputStream().print("retry: " + millis() + "\n\n");
        return true;
    }

    private static long millis() {
        return 1000 * SECONDS + ThreadLocalRandom.current().nextLong(1000 * SECONDS);
    }
}
