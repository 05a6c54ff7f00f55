package dev.courant.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that keep one of the server's threads waiting for their next byte: a limited number in all and from one
 * address. When the limit is reached, the slowest body gives way to a new one. Any thread.
 */
final class SlowBodyLimit {

    static final int MAX = 64;
    static final int MAX_PER_ADDRESS = 16;

    /** A body that has waited for less than this is not slow: the network takes that long. */
    private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Set<Wait> waiting = new LinkedHashSet<>(); // the oldest first; guarded by this
    private int evicted; // guarded by this: those whose thread has not come back yet

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    SlowBodyLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Lets the current thread wait for a body.
     *
     * @param address where the body comes from; {@code null} if that is not known
     * @return to be closed by this thread; {@code null} if it may not wait
     */
    synchronized @Nullable Wait begin(@Nullable String address) {
        if (evicted >= MAX) {
            return null; // on a server whose reads cannot be interrupted
        }
        Collection<Wait> rivals = waiting;
        int max = MAX;
        if (address != null) {
            Collection<Wait> own = waiting.stream()
                    .filter(wait -> address.equals(wait.address))
                    .toList();
            if (own.size() >= MAX_PER_ADDRESS) {
                rivals = own;
                max = MAX_PER_ADDRESS;
            }
        }
        if (rivals.size() >= max && !evictSlowest(rivals)) {
            return null;
        }
        Wait wait = new Wait(address, nanoTime.getAsLong());
        waiting.add(wait);
        return wait;
    }

    /** Has the slowest body give way, if there is a slow one. */
    synchronized boolean evictSlowest() {
        return evictSlowest(waiting);
    }

    private boolean evictSlowest(Collection<Wait> among) {
        long now = nanoTime.getAsLong();
        Wait slowest = null;
        for (Wait wait : among) {
            if (now - wait.since > GRACE_NANOS && (slowest == null || wait.rate(now) < slowest.rate(now))) {
                slowest = wait;
            }
        }
        if (slowest == null) {
            return false;
        }
        waiting.remove(slowest);
        evicted++;
        slowest.isEvicted = true;
        slowest.thread.interrupt();
        return true;
    }

    /** One body that a thread waits for. */
    final class Wait implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private final @Nullable String address;
        private final long since;
        private volatile long bytes;
        private boolean isEvicted; // guarded by WaitingBodies.this

        private Wait(@Nullable String address, long since) {
            this.address = address;
            this.since = since;
        }

        /** Says how many bytes have come while it waited. */
        void received(long inAll) {
            bytes = inAll;
        }

        private double rate(long now) {
            return (double) bytes / (now - since);
        }

        boolean isEvicted() {
            synchronized (SlowBodyLimit.this) {
                return isEvicted;
            }
        }

        /** The thread waits no more, and is not interrupted any more. */
        @Override
        public void close() {
            synchronized (SlowBodyLimit.this) {
                waiting.remove(this);
                if (isEvicted) {
                    evicted--;
                    Thread.interrupted(); // meant for this wait alone: the thread goes on to other requests
                }
            }
        }
    }
}
