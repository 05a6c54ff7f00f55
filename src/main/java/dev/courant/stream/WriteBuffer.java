package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream that wait for the server's output stream, which is written only after it has reported that it
 * is ready. Any thread adds bytes. One thread at a time, chosen by {@link ResponseConnection}, writes them.
 */
final class WriteBuffer {

    /**
     * The maximum size of one write. Each write that the server takes shows progress of a client, however slowly it
     * reads.
     */
    private static final int MAX_WRITE_BYTES = 16 * 1024;

    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private volatile boolean ready; // the server takes a write; false until it reports so, and during isReady
    private volatile boolean stopped;
    private volatile byte @Nullable [] current; // partly written; changed by the writing thread only
    private int position; // in current; used by the writing thread only
    private boolean unflushed; // used by the writing thread only
    private boolean firstFlush = true; // Open Liberty ignores it; used by the writing thread only

    void add(byte[] bytes) {
        waitingBytes.addAndGet(bytes.length);
        waiting.add(bytes);
    }

    int waitingBytes() {
        return waitingBytes.get();
    }

    /** Records that the server takes a write. */
    void markReady() {
        ready = true;
    }

    boolean isReady() {
        return ready && !stopped;
    }

    /** Returns whether no bytes wait and the server takes a write. */
    boolean isIdle() {
        return isReady() && current == null && waiting.isEmpty();
    }

    /** Returns whether all bytes are written and flushed. Called by the writing thread only. */
    boolean isFlushed() {
        return !unflushed && isIdle();
    }

    /** Discards the waiting bytes and writes no more. */
    void stop() {
        stopped = true;
        waiting.clear();
    }

    /**
     * Writes the waiting bytes while the server is ready and the transport is writable.
     *
     * @param listener called when both can take bytes again
     * @param last appended to the waiting bytes, or written at once if there are none
     */
    void writeTo(ServletOutputStream out, ServerTransport transport, WriteListener listener, byte @Nullable [] last)
            throws IOException {
        if (last != null && isIdle()) {
            current = last;
        } else if (last != null) {
            add(last);
        }
        boolean readyHere = false; // Open Liberty accepts a write only from the thread that called isReady
        while (isReady()) {
            byte[] bytes = current == null ? poll() : current;
            if (bytes == null && !unflushed) {
                return;
            }
            current = bytes;
            ready = false; // before isReady, since the callback may come before that returns
            if (readyHere || out.isReady()) {
                write(out, bytes);
                readyHere = out.isReady() && transport.isWritable(listener);
                if (readyHere) {
                    ready = true;
                } // else the listener will be called, or was called already
            }
        }
    }

    private void write(ServletOutputStream out, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.flush();
            unflushed = firstFlush;
            firstFlush = false;
        } else {
            int length = Math.min(bytes.length - position, MAX_WRITE_BYTES);
            out.write(bytes, position, length);
            unflushed = true;
            position = position + length == bytes.length ? 0 : position + length;
            current = position == 0 ? null : bytes;
        }
    }

    /** Writes all waiting bytes to an output stream that may block. */
    void writeAllTo(ServletOutputStream out) throws IOException {
        for (byte[] bytes = poll(); bytes != null; bytes = poll()) {
            out.write(bytes);
        }
    }

    private byte @Nullable [] poll() {
        byte[] bytes = waiting.poll();
        if (bytes != null) {
            waitingBytes.addAndGet(-bytes.length);
        }
        return bytes;
    }
}
