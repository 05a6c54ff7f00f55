package dev.courant.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Logs why streams are refused, at most once a minute. Any thread. */
public final class RefusedStreamLog {

    private static final Logger LOG = System.getLogger(RefusedStreamLog.class.getName());

    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong next;

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    public RefusedStreamLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        next = new AtomicLong(nanoTime.getAsLong());
    }

    public void warn(String why) {
        long now = nanoTime.getAsLong();
        long after = next.get();
        if (now - after >= 0 && next.compareAndSet(after, now + EVERY_NANOS)) {
            LOG.log(Level.WARNING, "Streams are refused: {0}", why);
        }
    }
}
