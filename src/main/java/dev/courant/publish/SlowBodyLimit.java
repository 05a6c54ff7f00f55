package dev.courant.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the threads that wait for the next byte of a body, in total and for one address. When the limit is reached, a
 * new body evicts the slowest one. Thread-safe.
 */
final class SlowBodyLimit {

    static final int MAX = 64;
    static final int MAX_PER_ADDRESS = 16;

    /** The time before which no body counts as slow, since the network may take that long. */
    private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Set<Wait> waiting = new LinkedHashSet<>(); // in order of arrival; guarded by this
    private int evicted; // the evicted bodies whose thread has not returned yet; guarded by this

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    SlowBodyLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Registers the current thread as waiting for a body.
     *
     * @param address the address of the client, or {@code null} if it is unknown
     * @return a handle that this thread must close, or {@code null} if the limit is reached and no body is slow
     */
    synchronized @Nullable Wait begin(@Nullable String address) {
        if (evicted >= MAX) {
            return null; // the server cannot interrupt reads, so all evicted threads still wait
        }
        Collection<Wait> candidates = waiting;
        int max = MAX;
        if (address != null) {
            Collection<Wait> sameAddress = waiting.stream()
                    .filter(wait -> address.equals(wait.address))
                    .toList();
            if (sameAddress.size() >= MAX_PER_ADDRESS) {
                candidates = sameAddress;
                max = MAX_PER_ADDRESS;
            }
        }
        if (candidates.size() >= max && !evictSlowest(candidates)) {
            return null;
        }
        Wait wait = new Wait(address, nanoTime.getAsLong());
        waiting.add(wait);
        return wait;
    }

    /** Evicts the slowest body, and returns false if no body is slow. */
    synchronized boolean evictSlowest() {
        return evictSlowest(waiting);
    }

    private boolean evictSlowest(Collection<Wait> candidates) {
        long now = nanoTime.getAsLong();
        Wait slowest = null;
        for (Wait wait : candidates) {
            if (now - wait.since > GRACE_NANOS
                    && (slowest == null || wait.bytesPerNano(now) < slowest.bytesPerNano(now))) {
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

    /** A thread that waits for one body. */
    final class Wait implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private final @Nullable String address;
        private final long since;
        private volatile long bytes;
        private boolean isEvicted; // guarded by SlowBodyLimit.this

        private Wait(@Nullable String address, long since) {
            this.address = address;
            this.since = since;
        }

        /** Records the number of bytes that have arrived since the thread began to wait. */
        void recordReceived(long totalBytes) {
            bytes = totalBytes;
        }

        private double bytesPerNano(long now) {
            return (double) bytes / (now - since);
        }

        boolean isEvicted() {
            synchronized (SlowBodyLimit.this) {
                return isEvicted;
            }
        }

        /** Ends the wait. The thread is not interrupted after that. */
        @Override
        public void close() {
            synchronized (SlowBodyLimit.this) {
                waiting.remove(this);
                if (isEvicted) {
                    evicted--;
                    Thread.interrupted(); // clears the interrupt of this wait: the thread will serve other requests
                }
            }
        }
    }
}
