package dev.courant.stream;

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
 * How streams end, on threads of its own and never on a dispatcher: to complete one, some servers go on with what the
 * client has sent behind its request, on this very thread, another request, whose answer it may not read. And a stream
 * that is to end when what was said is sent does not wait for ever for a client that takes nothing.
 */
class StreamCloser {

    private static final Logger LOG = System.getLogger(StreamCloser.class.getName());

    /** A stream that is to end, at this time of {@link System#nanoTime} at the latest. */
    private record Leaving(Runnable cut, CountDownLatch over, long latest) {}

    private final Executor threads;
    private final long patienceNanos;
    private final Queue<Leaving> leaving = new ConcurrentLinkedQueue<>(); // all may take as long: the next to end first
    private final AtomicBoolean watching = new AtomicBoolean();

    StreamCloser(Executor threads, Duration patience) {
        this.threads = threads;
        patienceNanos = patience.toNanos();
    }

    /** Completes what has ended, and cuts the pipe. */
    void complete(AsyncContext context, ServerTransport pipe) {
        Runnable end = () -> pipe.end(() -> {
            try {
                context.complete();
            } catch (RuntimeException | Error failed) {
                // Mostly it is complete already, by the server's own doing: the same end.
                LOG.log(Level.DEBUG, "A stream could not be completed", failed);
            }
        });
        try {
            threads.execute(end);
        } catch (RejectedExecutionException undeploying) {
            end.run();
        }
    }

    /** Cuts, after a while, what is not over by then. */
    void expect(CountDownLatch over, Runnable cut) {
        leaving.add(new Leaving(cut, over, System.nanoTime() + patienceNanos));
        if (!watching.getAndSet(true)) {
            try {
                threads.execute(this::watch);
            } catch (RejectedExecutionException undeploying) {
                watching.set(false);
                for (Leaving next = leaving.poll(); next != null; next = leaving.poll()) {
                    next.cut.run();
                }
            }
        }
    }

    private void watch() {
        do {
            for (Leaving next = leaving.poll(); next != null; next = leaving.poll()) {
                if (!isOver(next)) {
                    next.cut.run();
                }
            }
            watching.set(false);
        } while (!leaving.isEmpty() && !watching.getAndSet(true));
    }

    private static boolean isOver(Leaving stream) {
        try {
            return stream.over.await(stream.latest - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt(); // nor do the others get more time
            return false;
        }
    }
}
