package dev.courant.publish;

import dev.courant.http.ProblemException;
import dev.courant.log.EventPipe;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is a stream of events. Each event is published when it has arrived, and the response counts them. The
 * server's threads only report that bytes can be read. A few threads of {@link EventStreamReceiver} read them, a slice of a
 * body at a time, so that a fast publisher does not delay others. While the log stores a full batch, no bytes are read.
 * Thread-safe.
 */
final class PublishingStream implements ReadListener {

    private static final Logger LOG = System.getLogger(PublishingStream.class.getName());

    /** The time for which bytes are discarded after a refusal. A client that is still sending can lose the response. */
    private static final long DRAIN_NANOS = Duration.ofSeconds(2).toNanos();

    /** The time between attempts to read if a thread of the server has to wait for the log. */
    private static final long WAIT_NANOS = Duration.ofMillis(1).toNanos();

    private final AsyncContext context;
    private final EventPipe pipe;
    private final EventBodyReader reader;
    private final BodyMemoryBudget.Share memory;
    private final Executor executor;
    private final Runnable endAction;
    private final AtomicInteger calls = new AtomicInteger();

    private volatile boolean disconnected;
    private volatile @Nullable ProblemException endReason;
    private volatile boolean responded;

    // guarded by this
    private boolean stopped; // because of endReason
    private long respondedAt;
    private boolean completed;

    /**
     * @param pipes creates the pipe with its listener
     * @param readers creates the reader of the body
     * @param executor reads the body
     * @param endAction completes the request; run once
     */
    PublishingStream(
            AsyncContext context,
            Function<Runnable, EventPipe> pipes,
            Function<EventPipe, EventBodyReader> readers,
            BodyMemoryBudget.Share memory,
            Executor executor,
            Runnable endAction) {
        this.context = context;
        this.memory = memory;
        this.executor = executor;
        this.endAction = endAction;
        pipe = pipes.apply(this::schedule);
        reader = readers.apply(pipe);
    }

    @Override
    public void onDataAvailable() {
        reader.markReadable();
        if (!reader.isLimitedToCallbacks()) {
            schedule();
            return;
        }
        boolean more = runStep();
        while (more || (reader.isReadable() && !isEnding())) {
            if (!more) {
                LockSupport.parkNanos(WAIT_NANOS); // for the log
            }
            more = runStep();
        }
    }

    @Override
    public void onAllDataRead() {
        reader.markAllRead();
        schedule();
    }

    @Override
    public void onError(Throwable cause) {
        LOG.log(Level.DEBUG, "A publisher has disconnected", cause);
        disconnected = true;
        schedule();
    }

    /** Ends the stream after the bytes that have arrived. */
    void end(ProblemException reason) {
        endReason = reason;
        schedule();
    }

    /** Ends the stream if the publisher is silent. Called several times a second. */
    void check(Duration idleTimeout) {
        long silent = System.nanoTime() - reader.readAt();
        if (responded || endReason != null || reader.isReadable()) {
            schedule(); // for the deadline of the drain, or because memory is free again
        } else if (pipe.isIdle() && silent > idleTimeout.toNanos()) {
            end(new ProblemException(
                    408,
                    "No byte arrived for " + idleTimeout.toSeconds()
                            + " seconds. Send a comment (a line with a colon) or an empty line more often."));
        }
    }

    private void schedule() {
        if (calls.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException undeploying) {
            LOG.log(Level.DEBUG, "The application is being undeployed", undeploying);
        }
    }

    private void work() {
        int seen = calls.get();
        if (runStep() || !calls.compareAndSet(seen, 0)) {
            submit();
        }
    }

    /** Reads one slice, or responds. Returns whether to continue at once. */
    private synchronized boolean runStep() {
        if (completed) {
            return false;
        }
        boolean more = false;
        ProblemException reason = endReason; // read first: bytes that have arrived before are read
        try {
            if (responded) {
                more = reader.discardSlice();
            } else if (!isEnding()) {
                more = reader.readSlice();
                stopped = reason != null && pipe.hasRoom();
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.log(Level.DEBUG, "A publisher has disconnected", gone);
            disconnected = true;
        }
        if (!responded && isEnding() && pipe.isIdle()) {
            respond();
        }
        if (responded && (reader.isEnded() || disconnected || System.nanoTime() - respondedAt > DRAIN_NANOS)) {
            completed = true;
            memory.close();
            endAction.run();
        }
        return more && !completed;
    }

    private synchronized boolean isEnding() {
        return stopped
                || disconnected
                || reader.isEnded()
                || reader.problem() != null
                || pipe.progress().failure() != null;
    }

    private void respond() {
        responded = true;
        respondedAt = System.nanoTime();
        if (!disconnected) {
            ProblemException problem = reader.problem() != null || reader.isEnded() ? reader.problem() : endReason;
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            disconnected = !PublishingResponse.send(response, pipe.progress(), problem, reader.isUnfinished());
        }
    }
}
