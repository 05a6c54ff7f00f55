package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Writes on other threads, where the server's stream waits for the client in the midst of a write: it is ready again when
 * that is over. Used by one thread at a time.
 */
public final class BackgroundWriteOutput extends ServletOutputStream {

    private final ServletOutputStream server;
    private final Executor threads;
    private final WritableCallback callback = new WritableCallback();
    private volatile @Nullable WriteListener listener;
    private volatile boolean busy;
    private volatile @Nullable IOException failed;
    private boolean begun; // the busy thread's
    private @Nullable Thread writing; // guarded by this
    private volatile boolean cut;

    public BackgroundWriteOutput(ServletOutputStream server, Executor threads) {
        this.server = server;
        this.threads = threads;
    }

    @Override
    public void setWriteListener(WriteListener given) {
        listener = given;
        callback.to(given);
        threads.execute(callback::call);
    }

    /** Whether somebody writes, or is about to. */
    public boolean isBusy() {
        return busy;
    }

    @Override
    public boolean isReady() {
        callback.to(listener);
        return !busy;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        IOException before = failed;
        if (before != null) {
            throw new IOException("The client is gone", before);
        }
        byte[] all = Arrays.copyOfRange(bytes, offset, offset + length);
        busy = true;
        try {
            threads.execute(() -> send(all));
        } catch (RejectedExecutionException undeploying) {
            throw new IOException("The server is stopping", undeploying);
        }
    }

    private void send(byte[] bytes) {
        hold(Thread.currentThread());
        try {
            server.write(bytes);
            if (!cut) {
                server.flush();
            }
            if (!begun && !cut) {
                begun = true;
                server.flush(); // Open Liberty ignores the first
            }
        } catch (IOException gone) {
            failed = gone;
        } catch (RuntimeException gone) {
            failed = new IOException(gone);
        } finally {
            hold(null);
        }
        busy = false;
        callback.call();
    }

    private synchronized void hold(@Nullable Thread thread) {
        writing = thread;
        if (thread == null) {
            Thread.interrupted(); // for what it did here alone
        }
    }

    /**
     * Has whoever writes come back, though the client is not there any more: Open Liberty, by HTTP/2, leaves it waiting for
     * ever, and once more for each frame. Any thread.
     *
     * @return whether nobody writes
     */
    public synchronized boolean giveUp() {
        cut = true;
        if (writing != null) {
            writing.interrupt();
        }
        return writing == null;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() {
        // It is on its way.
    }
}
