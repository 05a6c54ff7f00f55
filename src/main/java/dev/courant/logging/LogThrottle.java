package dev.courant.logging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Limits a message that any client can cause to one in an interval, and counts the others. Thread-safe. */
public final class LogThrottle {

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong nextAt;
    private final AtomicLong suppressed = new AtomicLong();

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    public LogThrottle(Duration interval, LongSupplier nanoTime) {
        intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        nextAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Returns whether to log the message now. If not, counts it as suppressed. */
    public boolean tryAcquire() {
        long now = nanoTime.getAsLong();
        long at = nextAt.get();
        boolean acquired = now - at >= 0 && nextAt.compareAndSet(at, now + intervalNanos);
        if (!acquired) {
            suppressed.incrementAndGet();
        }
        return acquired;
    }

    /** Returns the number of messages that were suppressed since the last call. */
    public long takeSuppressed() {
        return suppressed.getAndSet(0);
    }
}
