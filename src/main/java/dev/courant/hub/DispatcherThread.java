package dev.courant.hub;

import dev.courant.log.EventLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

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
    final AtomicBoolean signalled = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean ended; // set before the last turn on this thread

    DispatcherThread(
            EventLog log,
            HubTimeouts timeouts,
            LongSupplier nanoTime,
            Executor historyExecutor,
            ThreadFactory threadFactory) {
        this.nanoTime = nanoTime;
        dispatcher = new Dispatcher(log, timeouts, nanoTime, historyExecutor, this::wake);
        thread = threadFactory.newThread(this);
        log.addAppendListener(this::wake);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
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
    }

    /** Writes the events that are stored, ends all streams, then ends the thread. */
    void stop() {
        dispatcher.execute(() -> {
            dispatcher.drain();
            stopping = true;
        });
    }

    /** Waits until the thread has ended, or the timeout has elapsed. */
    void join(Duration timeout) throws InterruptedException {
        thread.join(timeout.toMillis());
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
