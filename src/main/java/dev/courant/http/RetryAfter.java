package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** Tells a client whose stream is refused after what time it may reconnect. */
public final class RetryAfter {

    /** The minimum delay. It is increased by up to 100 % at random, so that clients do not reconnect all at once. */
    private static final long MIN_SECONDS = 10;

    private RetryAfter() {}

    /** Returns a {@code Retry-After} header with a random delay. */
    public static ResponseHeader createHeader() {
        return ResponseHeader.retryAfter(randomMillis() / 1000 + 1);
    }

    /**
     * Sends an empty stream with a retry time to a client that may be an {@code EventSource}. After a status other than 200 it
     * would never reconnect.
     *
     * @return false if the client is of another kind; the caller then responds with a status and {@link #createHeader}
     */
    public static boolean sendToEventSource(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!EventSourceClient.matches(request.getHeader("User-Agent"), request.getHeader("Accept"))) {
            return false;
        }
        response.setContentType("text/event-stream");
        response.getOutputStream().print("retry: " + randomMillis() + "\n\n");
        return true;
    }

    private static long randomMillis() {
        return 1000 * MIN_SECONDS + ThreadLocalRandom.current().nextLong(1000 * MIN_SECONDS);
    }
}
