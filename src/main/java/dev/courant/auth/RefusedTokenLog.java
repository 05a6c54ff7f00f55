package dev.courant.auth;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The log of the reasons for which tokens are refused. The response does not contain the reason. Any client can send
 * bad tokens, so each reason is logged at most once in 10 seconds, with the number of unlogged refusals. Thread-safe.
 */
final class RefusedTokenLog {

    private static final Logger LOG = System.getLogger(RefusedTokenLog.class.getName());

    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    /**
     * The maximum number of reasons that are counted separately; all further ones count as {@link #OTHERS}. A reason is
     * a text of this package, in some cases with the name of a claim.
     */
    private static final int MAX_REASONS = 100;

    private static final String OTHERS = "for another reason";

    /** The refusals for one reason since it was logged. */
    private static final class Count {

        private final AtomicLong nextLogAt;
        private final AtomicLong unlogged = new AtomicLong();

        Count(long now) {
            nextLogAt = new AtomicLong(now);
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    RefusedTokenLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param reason one of a limited number of texts, without any part of the token */
    void log(String reason) {
        long now = nanoTime.getAsLong();
        String key = counts.containsKey(reason) || counts.size() < MAX_REASONS ? reason : OTHERS;
        Count count = counts.computeIfAbsent(key, unused -> new Count(now));
        long at = count.nextLogAt.get();
        if (now - at >= 0 && count.nextLogAt.compareAndSet(at, now + INTERVAL_NANOS)) {
            long more = count.unlogged.getAndSet(0);
            LOG.log(
                    Level.INFO,
                    "A token was refused: {0}{1}",
                    key,
                    more == 0 ? "" : " (and " + more + " more since it was last logged)");
        } else {
            count.unlogged.incrementAndGet();
        }
    }
}
