package dev.courant.publish;

import static dev.courant.settings.SettingCatalogue.PUBLISH_MAX_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.http.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of a body with several events. It accepts the bytes in any portions, and returns an event as soon as its last
 * byte has arrived. Lines end in LF, CR or CRLF. Not thread-safe.
 */
abstract class EventDecoder {

    /** The maximum size of a field name with its colon and space, which a line has in addition to its data. */
    private static final int MAX_FIELD_NAME_BYTES = 64;

    /** A larger buffer is released after its event. */
    private static final int MAX_IDLE_BYTES = 4 << 10;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Receives the decoded events. */
    interface Sink {

        /** @param type the type of the event, or {@code null} if the body does not name one */
        void accept(@Nullable String type, String data);
    }

    final int maxBytes;
    final Sink sink;
    private final Buffer line; // the start of a line that continues in the next portion
    private boolean begun;
    private boolean afterReturn; // a following LF belongs to the previous line

    /** @param maxBytes the maximum size of the data of an event */
    EventDecoder(int maxBytes, Sink sink) {
        this.maxBytes = maxBytes;
        this.sink = sink;
        line = new Buffer(maxBytes + MAX_FIELD_NAME_BYTES);
    }

    /**
     * Decodes the next portion of the body.
     *
     * @throws ProblemException if the next event is invalid or too large
     */
    final void decode(byte[] bytes, int length) {
        int start = afterReturn && length > 0 && bytes[0] == '\n' ? 1 : 0;
        afterReturn &= length == 0;
        for (int end = findLineEnd(bytes, start, length); end < length; end = findLineEnd(bytes, start, length)) {
            endLine(bytes, start, end);
            start = end + 1;
            if (bytes[end] == '\r') {
                afterReturn = start == length;
                start += start < length && bytes[start] == '\n' ? 1 : 0;
            }
        }
        line.append(bytes, start, length);
    }

    private static int findLineEnd(byte[] bytes, int from, int length) {
        int end = from;
        while (end < length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        return end;
    }

    private void endLine(byte[] bytes, int from, int to) {
        if (line.size == 0) {
            decodeFirstOrNext(bytes, from, to);
        } else {
            line.append(bytes, from, to);
            decodeFirstOrNext(line.bytes, 0, line.size);
            line.clear();
        }
    }

    private void decodeFirstOrNext(byte[] bytes, int from, int to) {
        int start = from;
        if (!begun) {
            begun = true;
            boolean marked = to - from >= 3 && Arrays.equals(bytes, from, from + 3, BYTE_ORDER_MARK, 0, 3);
            start += marked ? 3 : 0;
        }
        decodeLine(bytes, start, to);
    }

    /** Decodes a line, which is given without its end. */
    abstract void decodeLine(byte[] bytes, int from, int to);

    /** Ends the body. Returns whether it ends within an event, which is then not published. */
    abstract boolean end();

    /** Ends the last line of a body, if it has no line end. Returns whether there was one. */
    final boolean endLastLine() {
        boolean open = line.size > 0;
        if (open) {
            endLine(line.bytes, 0, 0);
        }
        return open;
    }

    /** Returns the size of the buffers. */
    int bufferedBytes() {
        return line.bytes.length;
    }

    /** @throws ProblemException if the bytes are not UTF-8 */
    static String decodeText(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8);
        // Malformed bytes become U+FFFD, which a valid text may also contain.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            } catch (CharacterCodingException malformed) {
                throw new ProblemException(400, "The event is not valid UTF-8.");
            }
        }
        return text;
    }

    /** Bytes of an event that is not complete. */
    final class Buffer {

        private final int limit;
        byte[] bytes = {};
        int size;

        Buffer(int limit) {
            this.limit = limit;
        }

        void append(byte[] more, int from, int to) {
            int larger = size + to - from;
            if (larger > limit) {
                throw new ProblemException(
                        413,
                        "The event is larger than " + maxBytes + " bytes (" + PUBLISH_MAX_BYTES
                                + "). Publish smaller events.");
            }
            if (larger > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(larger, 2L * bytes.length)));
            }
            System.arraycopy(more, from, bytes, size, to - from);
            size = larger;
        }

        void clear() {
            size = 0;
            bytes = bytes.length > MAX_IDLE_BYTES ? new byte[] {} : bytes;
        }
    }
}
