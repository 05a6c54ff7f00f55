package dev.courant.auth;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Logs why tokens are refused, for the operator: the answer does not tell. Anyone can send bad tokens, so each reason is
 * logged at most once in ten seconds, with the number of tokens that were refused for it since. For use by any thread.
 */
final class RefusedTokenLog {

    private static final Logger LOG = System.getLogger(RefusedTokenLog.class.getName());

    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    /** Reasons are texts of this package, some with the name of a claim. Beyond this number, none is kept apart. */
    private static final int MAX_REASONS = 100;

    private static final String OTHERS = "for another reason";

    /** The refusals for one reason since its last line. */
    private static final class Count {

        private final AtomicLong nextLineAt;
        private final AtomicLong unlogged = new AtomicLong();

        Count(long now) {
            nextLineAt = new AtomicLong(now);
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    RefusedTokenLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param reason of a fixed number of texts, without anything of the token */
    void log(String reason) {
        long now = nanoTime.getAsLong();
        String key = counts.containsKey(reason) || counts.size() < MAX_REASONS ? reason : OTHERS;
        Count count = counts.computeIfAbsent(key, unused -> new Count(now));
        long at = count.nextLineAt.get();
        if (now - at >= 0 && count.nextLineAt.compareAndSet(at, now + EVERY_NANOS)) {
            long more = count.unlogged.getAndSet(0);
            LOG.log(Level.INFO, "A token was refused: {0}{1}", key, more == 0 ? "" : " (and " + more + " before it)");
        } else {
            count.unlogged.incrementAndGet();
        }
    }
}
