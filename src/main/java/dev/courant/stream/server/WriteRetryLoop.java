package dev.courant.stream.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A loop that sends the bytes which sockets did not take at once, for servers without a write callback. One thread
 * retries every 10 ms while writes are pending. The number of pending writes stays small, since the hub aborts stalled
 * connections. Thread-safe.
 */
public final class WriteRetryLoop {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PERMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final Executor executor;
    private final Queue<BooleanSupplier> pending = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private long nextPermit = System.nanoTime(); // used by the loop's thread only

    public WriteRetryLoop(Executor executor) {
        this.executor = executor;
    }

    /**
     * Adds a write.
     *
     * @param write retries, and returns whether the write is finished
     * @return whether it will be retried: false if the application is being undeployed
     */
    boolean add(BooleanSupplier write) {
        pending.add(write);
        if (!running.getAndSet(true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException undeploying) {
                running.set(false);
                return !pending.remove(write); // true if the loop of another thread has finished it meanwhile
            }
        }
        return true;
    }

    /**
     * Returns true at most once every 25 ms. Pending writes call this from their retries to throttle expensive steps.
     */
    boolean tryAcquirePermit() {
        long now = System.nanoTime();
        boolean acquired = now - nextPermit >= 0;
        if (acquired) {
            nextPermit = now + PERMIT_NANOS;
        }
        return acquired;
    }

    private void run() {
        do {
            while (!pending.isEmpty()) {
                pending.removeIf(BooleanSupplier::getAsBoolean);
                Thread.interrupted(); // the container may interrupt managed threads, which would end the pause
                LockSupport.parkNanos(this, INTERVAL_NANOS);
            }
            running.set(false);
        } while (!pending.isEmpty() && !running.getAndSet(true));
    }
}
