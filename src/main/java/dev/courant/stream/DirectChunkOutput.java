package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The server's output stream until the head of the response is sent. From then on, where the socket takes chunks as they
 * are, each write is one chunk and goes straight into the socket: past the server's buffers, which cost more than the
 * write itself. What the socket does not take is the server's to send, so that it says when more can be written.
 *
 * <p>Used as the standard has it: nothing is written before the stream is ready; by one thread at a time.
 */
public final class DirectChunkOutput extends ServletOutputStream {

    /** Whether bytes may go past the server, and how. */
    public interface Socket {

        /** Asked once the server has sent the head, and nothing of it is left. */
        boolean takesChunks();

        /**
         * Takes all.
         *
         * @return whether nothing of it waits in the server
         */
        boolean send(ByteBuffer bytes) throws IOException;

        /**
         * Whether nothing waits in the server any more.
         *
         * @param told if something does, is told once when it does not
         */
        boolean isEmpty(WriteListener told) throws IOException;
    }

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int MOST_SIZE_DIGITS = 8;

    private final ServletOutputStream server;
    private final Socket socket;
    private volatile WriteListener listener; // set before the first write
    private int flushes; // by the server: after two the head is sent, of which Open Liberty ignores one
    private boolean decided;
    private boolean straight;
    private boolean empty = true; // nothing waits in the server; of what was sent straight

    @SuppressWarnings("NullAway.Init") // the listener: see there
    public DirectChunkOutput(ServletOutputStream server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    @Override
    public void setWriteListener(WriteListener told) {
        listener = told;
        server.setWriteListener(told);
    }

    @Override
    public boolean isReady() {
        if (straight) {
            return empty || isEmptyNow();
        }
        boolean ready = server.isReady();
        if (ready && flushes > 1 && !decided) {
            decided = true;
            straight = socket.takesChunks();
        }
        return ready;
    }

    private boolean isEmptyNow() {
        try {
            empty = socket.isEmpty(listener);
        } catch (IOException gone) {
            empty = true; // the next write says it again
        }
        return empty;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!straight) {
            server.write(bytes, offset, length);
        } else if (length > 0) { // an empty chunk would be the last
            empty = socket.send(chunk(bytes, offset, length));
        }
    }

    @Override
    public void flush() throws IOException {
        if (!straight) {
            server.flush();
            flushes++;
        }
    }

    /** RFC 9112, section 7.1. */
    private static ByteBuffer chunk(byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(MOST_SIZE_DIGITS + LINE_END.length + length + LINE_END.length)
                .put(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII))
                .put(LINE_END)
                .put(bytes, offset, length)
                .put(LINE_END)
                .flip();
    }
}
