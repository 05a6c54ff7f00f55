package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client makes of a stream: section 9.2.6 of the WHATWG standard, written without a look at the encoder. Takes
 * bytes in any portions. Stricter than a browser in one thing: bytes that are not UTF-8 fail the test.
 */
public final class EventStreamParser {

    /** @param id the last event id as it was when the event was dispatched */
    public record Received(String id, String type, String data) {}

    private final List<Received> events = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean begun;
    private boolean afterReturn;
    private String type = "";
    private String idBuffer = ""; // of this connection: the standard has it empty, whatever an earlier one has left
    private String lastEventId;
    private long retry = -1;

    /** @param lastEventId what the client remembers of an earlier connection; empty if there was none */
    public EventStreamParser(String lastEventId) {
        this.lastEventId = lastEventId;
    }

    public static EventStreamParser decode(byte[] bytes) {
        return new EventStreamParser("").read(bytes, 0, bytes.length);
    }

    /** Reads on. A block counts once its blank line is there; until then it may have been cut off. */
    public EventStreamParser read(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean secondOfTwo = afterReturn && bytes[i] == '\n';
            afterReturn = bytes[i] == '\r';
            if (afterReturn || bytes[i] == '\n' && !secondOfTwo) {
                line(text(line.toByteArray()));
                line.reset();
            } else if (!secondOfTwo) {
                line.write(bytes[i]);
            }
        }
        return this;
    }

    public List<Received> events() {
        return events;
    }

    public List<String> data() {
        return events.stream().map(Received::data).toList();
    }

    public List<String> comments() {
        return comments;
    }

    /** The lines that said nothing to a client, and were not comments either. */
    public List<String> ignored() {
        return ignored;
    }

    public String lastEventId() {
        return lastEventId;
    }

    public long retry() {
        return retry;
    }

    private String text(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean marked = !begun && text.startsWith("\ufeff");
            begun = true;
            return marked ? text.substring(1) : text;
        } catch (CharacterCodingException broken) {
            throw new AssertionError("not UTF-8", broken);
        }
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            dispatch();
        } else if (colon == 0) {
            comments.add(line.substring(1));
        } else if (colon < 0) {
            field(line, "", line);
        } else {
            String value = line.substring(colon + 1);
            field(line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value, line);
        }
    }

    private void field(String name, String value, String line) {
        if (name.equals("event")) {
            type = value;
        } else if (name.equals("data")) {
            data.append(value).append('\n');
        } else if (name.equals("id") && value.indexOf('\0') < 0) {
            idBuffer = value;
        } else if (name.equals("retry") && value.matches("[0-9]+")) {
            retry = Long.parseLong(value);
        } else {
            ignored.add(line);
        }
    }

    private void dispatch() {
        lastEventId = idBuffer;
        if (data.length() > 0) {
            data.setLength(data.length() - 1);
            events.add(new Received(lastEventId, type.isEmpty() ? "message" : type, data.toString()));
        }
        data.setLength(0);
        type = "";
    }
}
