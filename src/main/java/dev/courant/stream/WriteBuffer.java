package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream on their way into the server's output stream, which is written to only when it has said that it
 * is ready. Any thread adds; one at a time, let in by {@link ResponseConnection}, moves.
 */
final class WriteBuffer {

    /** Each that the server takes shows that the client reads, however slowly; in bytes. */
    private static final int MOST_AT_ONCE = 16 * 1024;

    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger backlog = new AtomicInteger(); // how many bytes wait
    private volatile boolean ready; // the server takes a write now; false until it has said so, and while it is asked
    private volatile boolean stopped;
    private volatile byte @Nullable [] current; // what is being moved, if not all of it is; the mover's to write
    private int at; // how much of that is; the mover's alone
    private boolean unflushed; // the mover's alone
    private boolean ignoring = true; // what is flushed first, as Open Liberty does; the mover's alone

    void add(byte[] bytes) {
        backlog.addAndGet(bytes.length);
        waiting.add(bytes);
    }

    int backlog() {
        return backlog.get();
    }

    /** The server has said that it is. */
    void ready() {
        ready = true;
    }

    boolean isReady() {
        return ready && !stopped;
    }

    /** Nothing waits, and more can be written at once. */
    boolean isIdle() {
        return isReady() && current == null && waiting.isEmpty();
    }

    /** The mover's: all was said, and the server has nothing left of it that it could not send. */
    boolean isDone() {
        return !unflushed && isIdle();
    }

    /** Nothing more is to be written, nor what waits. */
    void stop() {
        stopped = true;
        waiting.clear();
    }

    /**
     * Moves what waits, as long as the server is ready and the pipe clear.
     *
     * @param told when they are again
     * @param last comes after all that waits; goes straight through if nothing does
     */
    void move(ServletOutputStream out, ServerTransport pipe, WriteListener told, byte @Nullable [] last)
            throws IOException {
        if (last != null && isIdle()) {
            current = last;
        } else if (last != null) {
            add(last);
        }
        boolean asked = false; // by this thread: Open Liberty lets no other write
        while (isReady()) {
            byte[] bytes = current == null ? next() : current;
            if (bytes == null && !unflushed) {
                return;
            }
            current = bytes;
            ready = false; // before the server is asked: it may call back before it answers
            if (asked || out.isReady()) {
                write(out, bytes);
                asked = out.isReady() && pipe.isClear(told);
                if (asked) {
                    ready = true;
                } // else it is called back, or was already
            }
        }
    }

    private void write(ServletOutputStream out, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.flush();
            unflushed = ignoring;
            ignoring = false;
        } else {
            int length = Math.min(bytes.length - at, MOST_AT_ONCE);
            out.write(bytes, at, length);
            unflushed = true;
            at = at + length == bytes.length ? 0 : at + length;
            current = at == 0 ? null : bytes;
        }
    }

    /** All that waits, into an output stream that may block. */
    void moveAll(ServletOutputStream out) throws IOException {
        for (byte[] bytes = next(); bytes != null; bytes = next()) {
            out.write(bytes);
        }
    }

    private byte @Nullable [] next() {
        byte[] bytes = waiting.poll();
        if (bytes != null) {
            backlog.addAndGet(-bytes.length);
        }
        return bytes;
    }
}
