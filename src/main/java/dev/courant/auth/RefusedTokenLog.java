package dev.courant.auth;

import dev.courant.logging.LogThrottle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The log of the reasons for which tokens are refused. The response does not contain the reason. Any client can send
 * bad tokens, so each reason is logged at most once in 10 seconds, with the number of unlogged refusals. Thread-safe.
 */
final class RefusedTokenLog {

    private static final Logger LOG = System.getLogger(RefusedTokenLog.class.getName());

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /**
     * The maximum number of reasons that are counted separately; all further ones count as {@link #OTHERS}. A reason is
     * a text of this package, in some cases with the name of a claim.
     */
    private static final int MAX_REASONS = 100;

    private static final String OTHERS = "for another reason";

    private final LongSupplier nanoTime;
    private final Map<String, LogThrottle> byReason = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    RefusedTokenLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param reason one of a limited number of texts, without any part of the token */
    void log(String reason) {
        String key = byReason.containsKey(reason) || byReason.size() < MAX_REASONS ? reason : OTHERS;
        LogThrottle throttle = byReason.computeIfAbsent(key, unused -> new LogThrottle(INTERVAL, nanoTime));
        if (throttle.tryAcquire()) {
            long more = throttle.takeSuppressed();
            LOG.log(
                    Level.INFO,
                    "A token was refused: {0}{1}",
                    key,
                    more == 0 ? "" : " (and " + more + " more since it was last logged)");
        }
    }
}
