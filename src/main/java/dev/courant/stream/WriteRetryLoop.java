package dev.courant.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends on what sockets did not take at once, where the server does not say when they take more: tries again, many times
 * a second, on one thread that is there as long as anything waits. What waits is bounded, as are those who keep it
 * waiting: they are cut when they have stalled.
 */
public final class WriteRetryLoop {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** What is left of a write. */
    public interface Rest {

        /** Tries again; answers whether nothing is left to do. */
        boolean isSent();
    }

    private final Executor threads;
    private final Queue<Rest> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private long turnAfter = System.nanoTime(); // the thread's

    public WriteRetryLoop(Executor threads) {
        this.threads = threads;
    }

    /** Answers whether it is tried, as it is not any more once the application goes. */
    public boolean add(Rest rest) {
        waiting.add(rest);
        if (!running.getAndSet(true)) {
            try {
                threads.execute(this::run);
            } catch (RejectedExecutionException undeploying) {
                running.set(false);
                return !waiting.remove(rest); // or another had it tried meanwhile
            }
        }
        return true;
    }

    /** Whether it is time for something that is to be done now and then alone; asked by a rest as it is tried. */
    public boolean isTurn() {
        long now = System.nanoTime();
        boolean turn = now - turnAfter >= 0;
        if (turn) {
            turnAfter = now + TURN_NANOS;
        }
        return turn;
    }

    private void run() {
        do {
            while (!waiting.isEmpty()) {
                waiting.removeIf(Rest::isSent);
                Thread.interrupted(); // the container interrupts managed threads as it likes
                LockSupport.parkNanos(this, EVERY_NANOS);
            }
            running.set(false);
        } while (!waiting.isEmpty() && !running.getAndSet(true));
    }
}
