package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * The parser of a client (WHATWG HTML, section 9.2.6), written independently of the encoder. It accepts the bytes in
 * any portions. It is stricter than a browser: invalid UTF-8 fails the test.
 */
public final class EventStreamParser {

    /** @param id the last event id when the event was dispatched */
    public record Received(String id, String type, String data) {}

    private final List<Received> events = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean begun;
    private boolean afterReturn;
    private String type = "";
    private String idBuffer = ""; // empty at the start of each connection, as the standard requires
    private String lastEventId;
    private long retry = -1;

    /** @param lastEventId the last id of an earlier connection, or empty */
    public EventStreamParser(String lastEventId) {
        this.lastEventId = lastEventId;
    }

    public static EventStreamParser decode(byte[] bytes) {
        return new EventStreamParser("").read(bytes, 0, bytes.length);
    }

    /** Parses more bytes. A block counts only when its blank line is there; before that, it may have been cut off. */
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

    /** Returns the lines that were neither fields of the standard nor comments. */
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
