package dev.courant.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the threads that wait for the next byte of a body, in total and for one address. At the limit, a new body
 * takes the place of the slowest one, whose publication is cancelled. Thread-safe.
 */
final class SlowBodyLimit {

    static final int MAX = 64;
    static final int MAX_PER_ADDRESS = 16;

    /** No body counts as slow before this time has passed, since the network alone may take that long. */
    private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Set<Wait> waiting = new LinkedHashSet<>(); // in order of arrival; guarded by this
    private int cancelled; // the cancelled bodies whose thread has not returned yet; guarded by this

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
        if (cancelled >= MAX) {
            return null; // cancelled threads still wait: this server does not interrupt reads
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
        if (candidates.size() >= max && !cancelSlowest(candidates)) {
            return null;
        }
        Wait wait = new Wait(address, nanoTime.getAsLong());
        waiting.add(wait);
        return wait;
    }

    /** Cancels the slowest body, and returns false if no body is slow. */
    synchronized boolean cancelSlowest() {
        return cancelSlowest(waiting);
    }

    private boolean cancelSlowest(Collection<Wait> candidates) {
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
        cancelled++;
        slowest.isCancelled = true;
        slowest.thread.interrupt();
        return true;
    }

    /** A thread that waits for one body. */
    final class Wait implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private final @Nullable String address;
        private final long since;
        private volatile long bytes;
        private boolean isCancelled; // guarded by SlowBodyLimit.this

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

        boolean isCancelled() {
            synchronized (SlowBodyLimit.this) {
                return isCancelled;
            }
        }

        /** Ends the wait. A later cancellation does not interrupt this thread. */
        @Override
        public void close() {
            synchronized (SlowBodyLimit.this) {
                waiting.remove(this);
                if (isCancelled) {
                    cancelled--;
                    Thread.interrupted(); // clears the interrupt of this wait: the thread will serve other requests
                }
            }
        }
    }
}
