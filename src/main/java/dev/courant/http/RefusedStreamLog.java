package dev.courant.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Logs the reason for which a stream was refused, at most one reason a minute. Thread-safe. */
public final class RefusedStreamLog {

    private static final Logger LOG = System.getLogger(RefusedStreamLog.class.getName());

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong nextNanos;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    public RefusedStreamLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        nextNanos = new AtomicLong(nanoTime.getAsLong());
    }

    public void warn(String reason) {
        long now = nanoTime.getAsLong();
        long due = nextNanos.get();
        if (now - due >= 0 && nextNanos.compareAndSet(due, now + INTERVAL_NANOS)) {
            LOG.log(Level.WARNING, "Streams are refused: {0}", reason);
        }
    }
}
