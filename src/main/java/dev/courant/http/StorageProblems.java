package dev.courant.http;

import dev.courant.log.EventTooLargeException;
import dev.courant.log.KeyReusedException;
import dev.courant.log.LogException;
import dev.courant.log.LogFullException;
import dev.courant.log.TooManyKeysException;
import org.jspecify.annotations.Nullable;

/** What a client is told of a log that does not do what it is asked. */
public final class StorageProblems {

    private StorageProblems() {}

    /** The problem to answer with; what is not known here goes on as it is. */
    public static RuntimeException because(@Nullable Throwable cause) {
        if (cause instanceof LogException refused) {
            return because(refused);
        }
        if (cause instanceof IllegalStateException) {
            return busy("The server is stopping; publish again soon.", 10);
        }
        return cause instanceof RuntimeException unexpected
                ? unexpected
                : new IllegalStateException("an event could not be stored", cause);
    }

    /** The problem to answer with. */
    public static ProblemException because(LogException refused) {
        if (refused instanceof KeyReusedException) {
            return new ProblemException(
                    422, "This Idempotency-Key was used for another event less than 5 minutes ago.");
        }
        if (refused instanceof TooManyKeysException) {
            return busy("Too many Idempotency-Keys were used in the last 5 minutes.", 60);
        }
        String why = String.valueOf(refused.getMessage());
        if (refused instanceof LogFullException) {
            return new ProblemException(507, why);
        }
        return refused instanceof EventTooLargeException ? new ProblemException(413, why) : busy(why, 5);
    }

    private static ProblemException busy(String why, int retrySeconds) {
        return new ProblemException(503, why, ResponseHeader.retryAfter(retrySeconds));
    }
}
