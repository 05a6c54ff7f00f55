package dev.courant.stream.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An output stream that writes on background threads, for servers that block inside a write until the client reads. The
 * stream is ready again when the write returns. Used by one thread at a time, except {@link #interruptWrite}.
 */
final class BackgroundWriteOutput extends ServletOutputStream {

    private final ServletOutputStream server;
    private final Executor executor;
    private volatile @Nullable WriteListener listener;
    private volatile boolean busy;
    private volatile @Nullable IOException failure;
    private boolean begun; // used by the writing thread only
    private @Nullable Thread writer; // guarded by this
    private volatile boolean interrupted;

    BackgroundWriteOutput(ServletOutputStream server, Executor executor) {
        this.server = server;
        this.executor = executor;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        this.listener = listener;
        executor.execute(() -> LibertyTransport.notifyWritable(listener));
    }

    /** Returns whether a write is running or queued. */
    boolean isBusy() {
        return busy;
    }

    @Override
    public boolean isReady() {
        return !busy;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        IOException cause = failure;
        if (cause != null) {
            throw new IOException("The client has disconnected", cause);
        }
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        busy = true;
        try {
            executor.execute(() -> writeNow(copy));
        } catch (RejectedExecutionException undeploying) {
            throw new IOException("The server is stopping", undeploying);
        }
    }

    private void writeNow(byte[] bytes) {
        setWriter(Thread.currentThread());
        try {
            server.write(bytes);
            if (!interrupted) {
                server.flush();
            }
            if (!begun && !interrupted) {
                begun = true;
                server.flush(); // Open Liberty ignores the first flush
            }
        } catch (IOException disconnected) {
            failure = disconnected;
        } catch (RuntimeException disconnected) {
            failure = new IOException(disconnected);
        } finally {
            setWriter(null);
        }
        busy = false;
        LibertyTransport.notifyWritable(listener);
    }

    private synchronized void setWriter(@Nullable Thread thread) {
        writer = thread;
        if (thread == null) {
            Thread.interrupted(); // clears an interrupt that was meant for this write
        }
    }

    /**
     * Interrupts the current write. Over HTTP/2, Open Liberty never returns from a write to a client that has
     * disconnected. It blocks again for each frame, so callers repeat this until it returns true. Thread-safe.
     *
     * @return whether no write is running
     */
    synchronized boolean interruptWrite() {
        interrupted = true;
        if (writer != null) {
            writer.interrupt();
        }
        return writer == null;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() {
        // Each write flushes.
    }
}
