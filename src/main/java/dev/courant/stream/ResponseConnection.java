package dev.courant.stream;

import dev.courant.http.RequestContext;
import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.hub.SubscribeRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The response of one stream. Three kinds of threads meet here: the JAX-RS implementation's, a dispatcher's and the
 * server's write callbacks. Each leaves what it wants done and goes through {@link #work}, which lets one thread in at a
 * time and has it do what the others left meanwhile, so that nobody waits and no lock is held while the server's own
 * code runs.
 */
public final class ResponseConnection implements Connection, WriteListener {

    /** What the JAX-RS implementation may have waiting here, in bytes. The hub has one batch waiting at most. */
    private static final int MAX_BACKLOG = 1 << 20;

    /** The server's side of a stream that has started. */
    private record Started(AsyncContext async, ServletOutputStream out, ServerTransport pipe) {}

    private SubscribeRequest arrival; // the request's thread's
    private final StreamCloser departures;
    private Runnable leave; // set before the stream starts
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicBoolean endTold = new AtomicBoolean();
    private final AtomicInteger visits = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final WriteBuffer outflow = new WriteBuffer();

    private volatile @Nullable Started started; // set once, when bytes may flow
    private volatile @Nullable Listener listener;
    private volatile @Nullable Throwable broken;
    private volatile boolean closing; // to end when all is sent
    private volatile boolean aborting;
    private volatile boolean ended;

    /** @param leave run once, when the stream has ended */
    ResponseConnection(SubscribeRequest arrival, StreamCloser departures, Runnable leave) {
        this.arrival = arrival;
        this.departures = departures;
        this.leave = leave;
    }

    /** Returns the connection of a request that {@link StreamFilter} has passed on. */
    public static ResponseConnection of(HttpServletRequest request) {
        return RequestContext.get(request, ResponseConnection.class);
    }

    /** What the request says of the client. */
    public SubscribeRequest arrival() {
        return arrival;
    }

    /** How long the client may stay at the most. Before it is subscribed, on the request's thread. */
    public void limit(Duration stay) {
        arrival = arrival.withMaxDuration(stay);
    }

    /** Has something run once, when the stream has ended. Before it is subscribed, on the request's thread. */
    public void whenOver(Runnable told) {
        Runnable before = leave;
        leave = () -> {
            before.run();
            told.run();
        };
    }

    /** Lets the bytes flow, once the JAX-RS implementation has let go of the request's thread. */
    void start(AsyncContext context, ServletOutputStream out, ServerTransport pipe) {
        context.setTimeout(0);
        context.addListener(new StreamAsyncListener(this));
        out.setWriteListener(this);
        started = new Started(context, out, pipe); // last: whoever sees it may complete the context
        work();
        expectEnd();
        tellWritable();
    }

    /** The response was no stream, or one that has ended already: what was said goes out as any response does. */
    void finish(ServletOutputStream out) throws IOException {
        outflow.moveAll(out);
        ended = true;
        tellEnd();
    }

    /** Takes what the JAX-RS implementation flushes. Any thread. */
    void send(byte[] bytes) throws IOException {
        if (ended || outflow.backlog() + bytes.length > MAX_BACKLOG) {
            throw new IOException(ended ? "The stream has ended" : "The client does not read");
        }
        outflow.add(bytes);
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
        Started server = started;
        if (server != null && visits.compareAndSet(0, 1)) {
            visit(server, batch.bytes());
        } else {
            outflow.add(batch.bytes());
            work();
        }
        Throwable cause = broken;
        if (cause != null) {
            throw new IOException("The connection is broken", cause);
        }
        return outflow.isIdle();
    }

    @Override
    public void close() {
        closing = true;
        work();
        expectEnd();
    }

    @Override
    public void abort() {
        aborting = true;
        work();
    }

    @Override
    public void onWritePossible() {
        outflow.ready();
        work();
        tellWritable();
        Listener told = listener;
        if (told != null && !outflow.isReady()) {
            told.onProgress();
        }
    }

    @Override
    public void onError(Throwable cause) {
        broken = cause;
        if (started == null) {
            ended = true; // before it could start
            tellEnd();
        }
        work();
    }

    /** The server has completed it, by itself or as it was told to. */
    void onComplete() {
        ended = true;
        outflow.stop();
        tellEnd();
    }

    private void work() {
        Started server = started;
        if (server != null && visits.getAndIncrement() == 0) {
            visit(server, null);
        } // else not started; or whoever is inside goes round once more
    }

    /** Inside: one visit is counted already. */
    private void visit(Started server, byte @Nullable [] bytes) {
        byte[] first = bytes;
        int seen = 1;
        do {
            try {
                outflow.move(server.out, server.pipe, this, first);
            } catch (IOException | RuntimeException | Error gone) {
                broken = gone; // a container may throw anything from a stream whose client is gone
            }
            first = null;
            if (!ended && (aborting || broken != null || (closing && outflow.isDone()))) {
                end(server);
            }
            seen = visits.addAndGet(-seen);
        } while (seen != 0);
    }

    private void end(Started server) {
        boolean orderly = !aborting && broken == null;
        ended = true;
        outflow.stop();
        departures.complete(server.async, orderly ? ServerTransport.UNREACHABLE : server.pipe);
        tellEnd();
    }

    private void expectEnd() {
        if (closing && started != null && !ended) {
            departures.expect(over, this::abort);
        }
    }

    private void tellWritable() {
        Listener told = listener;
        if (told != null && outflow.isReady()) {
            told.onWritable();
        }
    }

    private void tellEnd() {
        over.countDown();
        if (!left.getAndSet(true)) {
            leave.run();
        }
        Listener told = listener;
        if (told != null && endTold.compareAndSet(false, true)) {
            told.onClosed(broken);
        }
    }
}
