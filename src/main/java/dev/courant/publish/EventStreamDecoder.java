package dev.courant.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.courant.event.Event;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of {@code text/event-stream} (WHATWG HTML, section 9.2.6). It ignores the fields {@code id} and {@code retry}: they
 * belong to the connection to the server that wrote the stream. It also ignores the events by which another hub informs its
 * own clients, such as {@code gap}.
 */
final class EventStreamDecoder extends EventDecoder {

    private static final byte[] EVENT = "event".getBytes(US_ASCII);
    private static final byte[] DATA = "data".getBytes(US_ASCII);
    private static final byte[] LINE_FEED = {'\n'};

    private final Buffer data = new Buffer(maxBytes + 1); // each line with an LF before it
    private @Nullable String type;
    private boolean inBlock;

    EventStreamDecoder(int maxBytes, Sink sink) {
        super(maxBytes, sink);
    }

    @Override
    void decodeLine(byte[] bytes, int from, int to) {
        if (from == to) {
            endBlock();
            return;
        }
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        if (isField(DATA, bytes, from, colon)) {
            inBlock = true;
            data.append(LINE_FEED, 0, 1);
            data.append(bytes, value, to);
        } else if (isField(EVENT, bytes, from, colon)) {
            type = decodeText(bytes, value, to);
        }
    }

    private static boolean isField(byte[] name, byte[] bytes, int from, int colon) {
        return Arrays.equals(bytes, from, colon, name, 0, name.length);
    }

    private void endBlock() {
        String ended = type == null || type.isEmpty() ? null : type;
        type = null;
        inBlock = false;
        if (data.size > 0) {
            String text = decodeText(data.bytes, 1, data.size);
            data.clear();
            if (!Event.isReservedType(ended)) {
                sink.accept(ended, text);
            }
        }
    }

    @Override
    boolean end() {
        boolean inLine = endLastLine();
        return inLine || inBlock;
    }

    @Override
    int bufferedBytes() {
        return super.bufferedBytes() + data.bytes.length;
    }
}
