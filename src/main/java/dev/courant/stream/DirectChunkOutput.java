package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An output stream that writes HTTP chunks directly to the socket, once the server has sent the status line and the
 * headers. This avoids the server's buffers, which are more expensive than the write itself. The server queues bytes
 * that the socket does not take, and reports when that queue is empty. If direct chunks are not possible, all bytes go
 * through the server.
 *
 * <p>As Jakarta Servlet requires, callers write only while the stream is ready. Used by one thread at a time.
 */
public final class DirectChunkOutput extends ServletOutputStream {

    /** The socket under the server's output stream. */
    public interface ChunkChannel {

        /**
         * Returns whether chunks may bypass the server. Called after the server has sent the headers, when nothing is
         * queued.
         */
        boolean canTakeChunks();

        /**
         * Sends all bytes, or queues what the socket does not take.
         *
         * @return whether nothing is queued
         */
        boolean send(ByteBuffer bytes) throws IOException;

        /**
         * Returns whether nothing is queued any more.
         *
         * @param listener if this method returns false: called once, as soon as nothing is queued
         */
        boolean isDrained(WriteListener listener) throws IOException;
    }

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int MAX_SIZE_DIGITS = 8;

    private final ServletOutputStream server;
    private final ChunkChannel channel;
    private volatile WriteListener listener; // set before the first write
    private int serverFlushes; // the headers are sent after two, since Open Liberty ignores the first
    private boolean decided;
    private boolean direct;
    private boolean drained = true; // false while a direct chunk is queued

    @SuppressWarnings("NullAway.Init") // setWriteListener sets the listener
    public DirectChunkOutput(ServletOutputStream server, ChunkChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        this.listener = listener;
        server.setWriteListener(listener);
    }

    @Override
    public boolean isReady() {
        if (direct) {
            return drained || updateDrained();
        }
        boolean ready = server.isReady();
        if (ready && serverFlushes > 1 && !decided) {
            decided = true;
            direct = channel.canTakeChunks();
        }
        return ready;
    }

    private boolean updateDrained() {
        try {
            drained = channel.isDrained(listener);
        } catch (IOException broken) {
            drained = true; // the next write fails with the same cause
        }
        return drained;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!direct) {
            server.write(bytes, offset, length);
        } else if (length > 0) { // an empty chunk would end the body
            drained = channel.send(chunk(bytes, offset, length));
        }
    }

    @Override
    public void flush() throws IOException {
        if (!direct) {
            server.flush();
            serverFlushes++;
        }
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
