package dev.courant.stream;

import dev.courant.stream.server.ServerTransport;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream that wait until the server is ready. Any thread adds bytes. {@link ResponseConnection} lets one
 * thread at a time write them: the writing thread.
 *
 * <p>The server sends the status line, the headers and the first bytes. Then, if {@link ServerTransport#canTakeChunks}
 * allows it, HTTP chunks go directly to the socket. This avoids the server's buffers, which are more expensive than the
 * write itself.
 */
final class WriteBuffer {

    /**
     * The maximum size of one write. After each write that the server accepts, the hub restarts the stall timeout. With
     * small writes a slow client therefore stays connected.
     */
    private static final int MAX_WRITE_BYTES = 16 * 1024;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int MAX_SIZE_DIGITS = 8;

    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean ready; // the server accepts a write now; also false while isReady runs
    private volatile boolean stopped;
    private volatile byte @Nullable [] current; // the array that is partly written; set by the writing thread only

    // Used by the writing thread only:
    private int position; // the next byte of current
    private boolean unflushed;
    private int flushes; // the headers are sent after two, since Open Liberty ignores the first
    private boolean decided; // whether chunks bypass the server
    private boolean direct;

    void add(byte[] bytes) {
        waiting.add(bytes);
    }

    /** Records that the server accepts a write now. */
    void markReady() {
        ready = true;
    }

    boolean isReady() {
        return ready && !stopped;
    }

    /** Returns whether no bytes wait and the server accepts a write now. */
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
     * @param listener called when the server or the transport can take bytes again
     * @param last more bytes, or {@code null}; written after the waiting bytes, and without a queue if there are none
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
            byte[] bytes = current == null ? waiting.poll() : current;
            if (bytes == null && !unflushed) {
                return;
            }
            current = bytes;
            ready = false; // before isReady, since the server may call onWritePossible before isReady returns
            if (readyHere || (direct ? transport.isWritable(listener) : out.isReady())) {
                write(out, transport, bytes);
                readyHere = (direct || out.isReady()) && transport.isWritable(listener);
                if (readyHere) {
                    ready = true;
                } // else the server or the transport calls the listener, or has called it already
            }
        }
    }

    private void write(ServletOutputStream out, ServerTransport transport, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.flush();
            flushes++;
            unflushed = flushes == 1;
            return;
        }
        if (flushes > 1 && !decided) {
            decided = true;
            direct = transport.canTakeChunks();
        }
        int length = Math.min(bytes.length - position, MAX_WRITE_BYTES);
        if (!direct) {
            out.write(bytes, position, length);
        } else if (length > 0) { // an empty chunk would end the body
            transport.send(chunk(bytes, position, length));
        }
        unflushed = !direct;
        position = position + length == bytes.length ? 0 : position + length;
        current = position == 0 ? null : bytes;
    }

    /** Encodes a chunk (RFC 9112, section 7.1). */
    private static ByteBuffer chunk(byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(MAX_SIZE_DIGITS + LINE_END.length + length + LINE_END.length)
                .put(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII))
                .put(LINE_END)
                .put(bytes, offset, length)
                .put(LINE_END)
                .flip();
    }
}
