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

    private final LongSupplier nanoTime;
    private final Map<String, LogThrottle> byReason = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    RefusedTokenLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param reason one of the texts of this package, so that their number is limited */
    void log(String reason) {
        LogThrottle throttle = byReason.computeIfAbsent(reason, unused -> new LogThrottle(INTERVAL, nanoTime));
        if (throttle.tryAcquire()) {
            long more = throttle.takeSuppressed();
            String suffix = more == 0 ? "" : " (and " + more + " more since it was last logged)";
            LOG.log(Level.INFO, "A token was refused: {0}{1}", reason, suffix);
        }
    }
}
