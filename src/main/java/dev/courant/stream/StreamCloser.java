package dev.courant.stream;

import dev.courant.stream.server.ServerTransport;
import jakarta.servlet.AsyncContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A closer of streams, on threads of its own. When a stream completes, some servers process the next pipelined request
 * of the client on the same thread. They may block there if the client does not read the response, so a dispatcher must
 * not complete a stream. A stream closes after its last bytes, but is aborted if the client does not take them in time.
 * Thread-safe.
 */
class StreamCloser {

    private static final Logger LOG = System.getLogger(StreamCloser.class.getName());

    /**
     * A stream that is closing.
     *
     * @param abort called if the stream has not ended at the deadline
     * @param deadline a time of {@link System#nanoTime}
     */
    private record ClosingStream(Runnable abort, CountDownLatch end, long deadline) {}

    private final Executor executor;
    private final long timeoutNanos;
    private final Queue<ClosingStream> closing =
            new ConcurrentLinkedQueue<>(); // by deadline, since all timeouts are equal
    private final AtomicBoolean running = new AtomicBoolean();

    StreamCloser(Executor executor, Duration timeout) {
        this.executor = executor;
        timeoutNanos = timeout.toNanos();
    }

    /** Completes a stream and aborts its connection. */
    void complete(AsyncContext context, ServerTransport transport) {
        Runnable end = () -> transport.end(() -> {
            try {
                context.complete();
            } catch (RuntimeException | Error failed) {
                // In most cases the server has completed the stream already.
                LOG.log(Level.DEBUG, "Failed to complete a stream", failed);
            }
        });
        try {
            executor.execute(end);
        } catch (RejectedExecutionException undeploying) {
            end.run();
        }
    }

    /**
     * Aborts a stream if it does not end within the timeout.
     *
     * @param end counted down when the stream has ended
     */
    void abortAfterTimeout(CountDownLatch end, Runnable abort) {
        closing.add(new ClosingStream(abort, end, System.nanoTime() + timeoutNanos));
        if (!running.getAndSet(true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException undeploying) {
                running.set(false);
                for (ClosingStream next = closing.poll(); next != null; next = closing.poll()) {
                    next.abort.run();
                }
            }
        }
    }

    private void run() {
        do {
            for (ClosingStream next = closing.poll(); next != null; next = closing.poll()) {
                if (!awaitEnd(next)) {
                    next.abort.run();
                }
            }
            running.set(false);
        } while (!closing.isEmpty() && !running.getAndSet(true));
    }

    private static boolean awaitEnd(ClosingStream stream) {
        try {
            return stream.end.await(stream.deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt(); // aborts the remaining streams without a wait
            return false;
        }
    }
}
