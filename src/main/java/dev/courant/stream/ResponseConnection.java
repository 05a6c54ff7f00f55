package dev.courant.stream;

import dev.courant.hub.Arrival;
import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The response of one stream. Three kinds of threads meet here: the JAX-RS implementation's, a dispatcher's and the
 * server's write callbacks. Each leaves what it wants done and goes through {@link #work}, which lets one thread in at a
 * time and has it do what the others left meanwhile, so that nobody waits and no lock is held while the server's own
 * code runs.
 */
public final class ResponseConnection implements Connection, WriteListener, AsyncListener {

    private static final Logger LOG = System.getLogger(ResponseConnection.class.getName());

    /** What the JAX-RS implementation may have waiting here, in bytes. The hub has one batch waiting at most. */
    private static final int MAX_BACKLOG = 1 << 20;

    private final Arrival arrival;
    private final Executor completing;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicBoolean endTold = new AtomicBoolean();
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger backlog = new AtomicInteger();
    private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();

    private volatile @Nullable AsyncContext async; // set once, when bytes may flow
    private volatile @Nullable ServletOutputStream real;
    private volatile @Nullable Listener listener;
    private volatile @Nullable Throwable broken;
    private volatile boolean closing;
    private volatile boolean aborting;
    private volatile boolean ended;
    private volatile boolean ready; // the server takes a write now; false until it has said so, and while it is asked
    private boolean unflushed; // inside work alone

    /** @param completing completes what has ended, which may take a thread for a while: never a dispatcher's */
    ResponseConnection(Arrival arrival, Executor completing) {
        this.arrival = arrival;
        this.completing = completing;
    }

    /** What the request says of the client. */
    public Arrival arrival() {
        return arrival;
    }

    /** Answers true once: a response carries one subscription. */
    public boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /** Lets the bytes flow, once the JAX-RS implementation has let go of the request's thread. */
    void start(AsyncContext context, ServletOutputStream out) {
        context.setTimeout(0);
        context.addListener(this);
        out.setWriteListener(this);
        async = context;
        real = out; // last: whoever sees it may complete the context, and then no listener could be set
        work();
        tellWritable();
    }

    /** The response was no stream, or one that has ended already: what was said goes out as any response does. */
    void finish(ServletOutputStream out) throws IOException {
        for (byte[] bytes = queue.poll(); bytes != null; bytes = queue.poll()) {
            out.write(bytes);
        }
        ended = true;
        tellEnd();
    }

    /** Takes what the JAX-RS implementation flushes. Any thread. */
    void send(byte[] bytes) throws IOException {
        if (ended || backlog.get() + bytes.length > MAX_BACKLOG) {
            throw new IOException(ended ? "The stream has ended" : "The client does not read");
        }
        backlog.addAndGet(bytes.length);
        queue.add(bytes);
        work();
        tellWritable();
    }

    @Override
    public void open(Listener told) {
        listener = told;
        if (ended) {
            tellEnd();
        }
        tellWritable();
    }

    @Override
    public boolean write(Batch batch) throws IOException {
        backlog.addAndGet(batch.bytes().length);
        queue.add(batch.bytes());
        work();
        Throwable cause = broken;
        if (cause != null) {
            throw new IOException("The connection is broken", cause);
        }
        return ready && queue.isEmpty();
    }

    @Override
    public void close() {
        closing = true;
        work();
    }

    @Override
    public void abort() {
        aborting = true;
        work();
    }

    @Override
    public void onWritePossible() {
        ready = true;
        work();
        tellWritable();
    }

    @Override
    public void onError(Throwable cause) {
        broken = cause;
        if (real == null) {
            ended = true; // before it could start
            tellEnd();
        }
        work();
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable cause = event.getThrowable();
        onError(cause == null ? new IOException("The server ended the stream") : cause);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended = true;
        queue.clear();
        tellEnd();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void work() {
        ServletOutputStream out = real;
        AsyncContext context = async;
        if (out == null || context == null || visits.getAndIncrement() != 0) {
            return; // not started; or whoever is inside goes round once more
        }
        int seen = 1;
        do {
            try {
                flow(out);
            } catch (IOException | RuntimeException | Error gone) {
                broken = gone; // a container may throw anything from a stream whose client is gone
            }
            boolean sent = queue.isEmpty() && !unflushed;
            if (!ended && (aborting || broken != null || (closing && sent))) {
                end(context);
            }
            seen = visits.addAndGet(-seen);
        } while (seen != 0);
    }

    private void flow(ServletOutputStream out) throws IOException {
        while (ready && !ended && broken == null) {
            byte[] bytes = queue.poll();
            if (bytes == null && !unflushed) {
                return;
            }
            ready = false; // before the server is asked: it may call back before it answers
            if (bytes == null) {
                out.flush();
            } else {
                backlog.addAndGet(-bytes.length);
                out.write(bytes);
            }
            unflushed = bytes != null;
            if (out.isReady()) {
                ready = true;
            }
        }
    }

    private void end(AsyncContext context) {
        ended = true;
        ready = false;
        queue.clear();
        try {
            completing.execute(() -> complete(context));
        } catch (RejectedExecutionException undeploying) {
            complete(context);
        }
        tellEnd();
    }

    /**
     * Not on a dispatcher, for some servers go on with what the client has sent behind its request, on this very thread:
     * another request, whose answer it may not read.
     */
    private static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (RuntimeException | Error failed) {
            // Mostly it is complete already, by the server's own doing: the same end.
            LOG.log(Level.DEBUG, "A stream could not be completed", failed);
        }
    }

    private void tellWritable() {
        Listener told = listener;
        if (told != null && ready) {
            told.writable();
        }
    }

    private void tellEnd() {
        Listener told = listener;
        if (told != null && endTold.compareAndSet(false, true)) {
            told.closed(broken);
        }
    }
}
