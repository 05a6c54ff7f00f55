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

/** The thread of a dispatcher: lets it turn when there is work, and now and then for what time brings about. */
final class DispatcherThread implements Runnable {

    private static final Logger LOG = System.getLogger(DispatcherThread.class.getName());

    /** How exactly heartbeats and stalls are timed. */
    private static final long TICK_NANOS = Duration.ofMillis(250).toNanos();

    /**
     * After a turn a dispatcher rests for so many times as long as the turn took, so that under load more events share a
     * write; what comes after a quiet time goes out at once.
     */
    private static final int REST_FACTOR = 3;

    /** Longer than this no event has to wait for others. */
    private static final long MAX_REST_NANOS = Duration.ofMillis(5).toNanos();

    final Dispatcher dispatcher;
    private final LongSupplier nanoTime;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean ended; // set before the thread looks into the inbox for the last time

    DispatcherThread(EventLog log, HubTimeouts timeouts, LongSupplier nanoTime, Executor historyExecutor) {
        this.nanoTime = nanoTime;
        dispatcher = new Dispatcher(log, timeouts, nanoTime, historyExecutor, this::wake);
        log.addAppendListener(this::wake);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopping) {
            signalled.set(false); // before the turn: what is said during it is seen after it
            long startedAt = nanoTime.getAsLong();
            if (!runTurn()) {
                long endedAt = nanoTime.getAsLong();
                if (!signalled.get()) {
                    LockSupport.parkNanos(this, TICK_NANOS);
                }
                restUntil(endedAt + Math.min((endedAt - startedAt) * REST_FACTOR, MAX_REST_NANOS));
            }
            // The container interrupts managed threads as it likes; an interrupted thread would not park.
            Thread.interrupted();
        }
        ended = true;
        runTurnAfterEnd();
        stopped.countDown();
    }

    /** Ends all streams once they have been written what is there, then the thread. */
    void stop() {
        dispatcher.execute(() -> {
            dispatcher.drain();
            stopping = true;
        });
    }

    /** @return whether the thread came to its end in time */
    boolean awaitStopped(Duration timeout) throws InterruptedException {
        return stopped.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void restUntil(long time) {
        for (long left = time - nanoTime.getAsLong(); left > 0 && !stopping; left = time - nanoTime.getAsLong()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private boolean runTurn() {
        try {
            return dispatcher.runTurn();
        } catch (RuntimeException | Error unexpected) {
            // One bad turn must not end delivery for everybody.
            LOG.log(Level.ERROR, "A dispatcher's turn failed; it goes on", unexpected);
            return false;
        }
    }

    /** There is no thread any more: whoever hands in work has it done itself. */
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
