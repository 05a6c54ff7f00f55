package dev.courant.stream;

import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.stream.server.ServerTransport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The response of one stream. Three kinds of threads use it: the request thread, a dispatcher, and those of the
 * server's callbacks. Each sets a field, for example {@code closing}, to request work, and calls
 * {@link #work}. One thread at a time executes {@link #doWork}; it repeats this for threads that called {@link #work}
 * meanwhile. So no thread waits, and no lock is held while the server's code runs. Thread-safe.
 */
public final class ResponseConnection implements Connection, WriteListener, AsyncListener {

    /** The server's objects for a stream that has started. */
    private record ServerStream(AsyncContext async, ServletOutputStream out, ServerTransport transport) {}

    private final StreamCloser closer;
    private Runnable endAction; // set before the stream starts
    private final AtomicBoolean endActionRun = new AtomicBoolean();
    private final AtomicBoolean endNotified = new AtomicBoolean();
    private final AtomicInteger workCalls = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final WriteBuffer buffer = new WriteBuffer();

    private volatile @Nullable ServerStream serverStream; // set once, when bytes may be written
    private volatile @Nullable Listener listener;
    private volatile @Nullable Throwable failure;
    private volatile boolean closing; // the stream ends after the waiting bytes
    private volatile boolean aborting;
    private volatile boolean ended;

    /** @param endAction run once, when the stream has ended */
    ResponseConnection(StreamCloser closer, Runnable endAction) {
        this.closer = closer;
        this.endAction = endAction;
    }

    /**
     * Runs an action once, when the stream has ended. Call this on the request thread, before the connection is
     * subscribed.
     */
    public void runAtEnd(Runnable action) {
        Runnable earlier = endAction;
        endAction = () -> {
            earlier.run();
            action.run();
        };
    }

    /** Starts writing. Call this on the request thread, after the connection is subscribed. */
    void start(AsyncContext context, ServletOutputStream out, ServerTransport transport) {
        context.setTimeout(0);
        context.addListener(this);
        out.setWriteListener(this);
        serverStream = new ServerStream(context, out, transport); // last: other threads may now complete the context
        work();
        abortAfterTimeout();
        notifyWritable();
    }

    @Override
    public void open(Listener listener) {
        this.listener = listener;
        if (ended) {
            notifyEnd();
        }
        notifyWritable();
    }

    @Override
    public boolean write(Batch batch) throws IOException {
        ServerStream server = serverStream;
        if (server != null && workCalls.compareAndSet(0, 1)) {
            doWork(server, batch.bytes());
        } else {
            buffer.add(batch.bytes());
            work();
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new IOException("The connection is broken", cause);
        }
        return buffer.isIdle();
    }

    @Override
    public void close() {
        closing = true;
        work();
        abortAfterTimeout();
    }

    @Override
    public void abort() {
        aborting = true;
        work();
    }

    @Override
    public void onWritePossible() {
        buffer.markReady();
        work();
        notifyWritable();
        Listener current = listener;
        if (current != null && !buffer.isReady()) {
            current.onProgress();
        }
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        if (serverStream == null) {
            ended = true; // before the stream has started
            notifyEnd();
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
    public void onStartAsync(AsyncEvent event) {}

    /** Handles the completion of the asynchronous context, by the server itself or by {@link StreamCloser}. */
    @Override
    public void onComplete(AsyncEvent event) {
        ended = true;
        buffer.stop();
        notifyEnd();
    }

    private void work() {
        ServerStream server = serverStream;
        if (server != null && workCalls.getAndIncrement() == 0) {
            doWork(server, null);
        } // else the stream has not started, or the thread in doWork repeats it
    }

    /**
     * Writes the waiting bytes, and ends the stream if a field requests it. Repeats this while {@code workCalls} grows. The
     * caller has already added its own call to {@code workCalls}.
     */
    private void doWork(ServerStream server, byte @Nullable [] bytes) {
        byte[] first = bytes;
        int done = 1;
        do {
            try {
                buffer.writeTo(server.out, server.transport, this, first);
            } catch (IOException | RuntimeException | Error broken) {
                failure = broken; // a container may throw anything once the client has disconnected
            }
            first = null;
            if (!ended && (aborting || failure != null || (closing && buffer.isFlushed()))) {
                endStream(server);
            }
            done = workCalls.addAndGet(-done);
        } while (done != 0);
    }

    private void endStream(ServerStream server) {
        boolean orderly = !aborting && failure == null;
        ended = true;
        buffer.stop();
        closer.complete(server.async, orderly ? ServerTransport.NONE : server.transport);
        notifyEnd();
    }

    private void abortAfterTimeout() {
        if (closing && serverStream != null && !ended) {
            closer.abortAfterTimeout(end, this::abort);
        }
    }

    private void notifyWritable() {
        Listener current = listener;
        if (current != null && buffer.isReady()) {
            current.onWritable();
        }
    }

    private void notifyEnd() {
        end.countDown();
        if (!endActionRun.getAndSet(true)) {
            endAction.run();
        }
        Listener current = listener;
        if (current != null && endNotified.compareAndSet(false, true)) {
            current.onClosed(failure);
        }
    }
}
