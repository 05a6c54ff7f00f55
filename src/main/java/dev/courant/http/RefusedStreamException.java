package dev.courant.http;

import dev.courant.log.LogUnavailableException;
import java.util.concurrent.ThreadLocalRandom;

/** Thrown to refuse a stream that the client may open later. {@link RefusedStreamMapper} creates the response. */
public final class RefusedStreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The minimum delay before the client may reconnect if a limit is reached. */
    private static final int LIMIT_MILLIS = 10_000;

    /** The minimum delay before the client may reconnect if the log is unavailable. */
    private static final int LOG_MILLIS = 5_000;

    private final transient ProblemException problem;
    private final int retryMillis;

    /** Refuses a stream because of a limit. The response contains a {@code Retry-After} header. */
    public RefusedStreamException(int status, String detail) {
        super(detail);
        retryMillis = withJitter(LIMIT_MILLIS);
        problem = new ProblemException(status, detail, ResponseHeader.retryAfter(retryMillis / 1000 + 1));
    }

    /** Refuses a stream because the log cannot be read. */
    public RefusedStreamException(LogUnavailableException unavailable) {
        super(unavailable);
        retryMillis = withJitter(LOG_MILLIS);
        problem = StorageProblems.toProblem(unavailable);
    }

    /** Increases the delay by up to 100 % at random, so that clients do not reconnect all at once. */
    private static int withJitter(int minMillis) {
        return minMillis + ThreadLocalRandom.current().nextInt(minMillis);
    }

    /** Returns the problem for a client that is not an {@code EventSource}. */
    public ProblemException problem() {
        return problem;
    }

    int retryMillis() {
        return retryMillis;
    }
}
