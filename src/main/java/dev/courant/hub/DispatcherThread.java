package dev.courant.hub;

import dev.courant.log.EventLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a dispatcher thread. It runs a turn, {@link Dispatcher#runTurn}, when there is work, and every
 * {@link #TICK_NANOS} for heartbeats and timeouts.
 */
final class DispatcherThread implements Runnable {

    private static final Logger LOG = System.getLogger(DispatcherThread.class.getName());

    /** The precision of heartbeats and timeouts. */
    private static final long TICK_NANOS = Duration.ofMillis(250).toNanos();

    /**
     * The length of the pause after a turn, as a multiple of the length of the turn. Under load, more events then share
     * a write. After a quiet time, an event is written at once.
     */
    private static final int PAUSE_FACTOR = 3;

    /** The maximum pause, and so the maximum delay that it adds to an event. */
    private static final long MAX_PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    final Dispatcher dispatcher;
    private final LongSupplier nanoTime;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean ended; // set before the last turn on this thread

    DispatcherThread(EventLog log, HubTimeouts timeouts, LongSupplier nanoTime, Executor historyExecutor) {
        this.nanoTime = nanoTime;
        dispatcher = new Dispatcher(log, timeouts, nanoTime, historyExecutor, this::wake);
        log.addAppendListener(this::wake);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopping) {
            signalled.set(false); // before the turn: a signal during it must cause another
            long startedAt = nanoTime.getAsLong();
            if (!runTurn()) {
                long endedAt = nanoTime.getAsLong();
                if (!signalled.get()) {
                    LockSupport.parkNanos(this, TICK_NANOS);
                }
                pauseUntil(endedAt + Math.min((endedAt - startedAt) * PAUSE_FACTOR, MAX_PAUSE_NANOS));
            }
            // Clear the flag: a container may interrupt managed threads at any time, and an interrupted thread does not
            // park.
            Thread.interrupted();
        }
        ended = true;
        runTurnAfterEnd();
        stopped.countDown();
    }

    /** Writes the events that are stored, ends all streams, then ends the thread. */
    void stop() {
        dispatcher.execute(() -> {
            dispatcher.drain();
            stopping = true;
        });
    }

    /** @return whether the thread ended within the timeout */
    boolean awaitStopped(Duration timeout) throws InterruptedException {
        return stopped.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pauseUntil(long time) {
        for (long remaining = time - nanoTime.getAsLong();
                remaining > 0 && !stopping;
                remaining = time - nanoTime.getAsLong()) {
            LockSupport.parkNanos(this, remaining);
        }
    }

    private boolean runTurn() {
        try {
            return dispatcher.runTurn();
        } catch (RuntimeException | Error unexpected) {
            // Continue: a failed turn must not end the delivery to all subscriptions.
            LOG.log(Level.ERROR, "A turn of a dispatcher failed; the dispatcher continues", unexpected);
            return false;
        }
    }

    /** Runs a turn on the calling thread, for work that arrives after the dispatcher thread has ended. */
    private synchronized void runTurnAfterEnd() {
        runTurn();
    }

    private void wake() {
        if (ended) {
            runTurnAfterEnd();
        } else if (!signalled.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }
}
