package dev.courant.http;

import dev.courant.log.EventTooLargeException;
import dev.courant.log.KeyReusedException;
import dev.courant.log.LogException;
import dev.courant.log.LogFullException;
import dev.courant.log.StreamPositionException;
import dev.courant.log.TooManyKeysException;
import dev.courant.log.TopicEndedException;
import dev.courant.log.UnknownStreamException;
import org.jspecify.annotations.Nullable;

/** Maps failures of a log to problem documents. */
public final class StorageProblems {

    private StorageProblems() {}

    /** Returns the problem for a failure to store an event. An unexpected exception is returned unchanged. */
    public static RuntimeException toProblem(@Nullable Throwable cause) {
        if (cause instanceof LogException refused) {
            return toProblem(refused);
        }
        if (cause instanceof IllegalStateException) {
            return unavailable("The server is stopping. Publish the event again after Retry-After.", 10);
        }
        return cause instanceof RuntimeException unexpected
                ? unexpected
                : new IllegalStateException("The event could not be stored", cause);
    }

    /** Returns the problem for a failure to store an event or to open a stream. */
    public static ProblemException toProblem(LogException refused) {
        if (refused instanceof KeyReusedException) {
            return new ProblemException(
                    422,
                    "The Idempotency-Key was used for a different event within the last 5 minutes. Use a new key.");
        }
        if (refused instanceof TooManyKeysException) {
            return unavailable(
                    "Too many Idempotency-Keys were used within the last 5 minutes. Publish the event again later.",
                    60);
        }
        String detail = String.valueOf(refused.getMessage());
        if (refused instanceof TopicEndedException) {
            return new ProblemException(409, detail);
        }
        if (refused instanceof StreamPositionException || refused instanceof UnknownStreamException) {
            return new ProblemException(409, detail);
        }
        if (refused instanceof LogFullException) {
            return new ProblemException(507, detail);
        }
        return refused instanceof EventTooLargeException ? new ProblemException(413, detail) : unavailable(detail, 5);
    }

    private static ProblemException unavailable(String detail, int retrySeconds) {
        return new ProblemException(503, detail, ResponseHeader.retryAfter(retrySeconds));
    }
}
