package dev.courant.stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** How a client that is refused a stream learns when to come back. */
public final class RetryLater {

    /** A client comes back after this and up to twice this. */
    private static final long SECONDS = 10;

    private RetryLater() {}

    /** Returns the value of a {@code Retry-After} header, in seconds. */
    public static String after() {
        return String.valueOf(millis() / 1000 + 1);
    }

    /**
     * Answers a browser with an empty stream that has a retry time. Its EventSource takes any status but 200 for a reason
     * never to come back.
     *
     * @return whether the client is a browser; every other client is to be told by status and {@link #after}
     */
    public static boolean answerBrowser(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String agent = request.getHeader("User-Agent");
        boolean browser = agent != null && agent.startsWith("Mozilla/");
        if (browser) {
            response.setContentType("text/event-stream");
            response.getOutputStream().print("retry: " + millis() + "\n\n");
        }
        return browser;
    }

    private static long millis() {
        return 1000 * SECONDS + ThreadLocalRandom.current().nextLong(1000 * SECONDS);
    }
}
