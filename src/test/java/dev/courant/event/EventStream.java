package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** What a client makes of a stream: section 9.2.6 of the WHATWG standard, written without a look at the encoder. */
public final class EventStream {

    /** @param id the last event id as it was when the event was dispatched */
    public record Received(String id, String type, String data) {}

    private final List<Received> events = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String idBuffer = "";
    private String lastEventId = "";
    private long retry = -1;

    private EventStream() {}

    public static EventStream decode(byte[] bytes) {
        EventStream stream = new EventStream();
        // What is not ended by a blank line is discarded, as at the end of a file.
        for (String line : new String(bytes, UTF_8).split("\r\n|\n|\r", -1)) {
            stream.line(line);
        }
        return stream;
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

    public String lastEventId() {
        return lastEventId;
    }

    public long retry() {
        return retry;
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            dispatch();
        } else if (colon == 0) {
            comments.add(line.substring(1));
        } else if (colon < 0) {
            field(line, "");
        } else {
            String value = line.substring(colon + 1);
            field(line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> idBuffer = value.indexOf('\0') < 0 ? value : idBuffer;
            case "retry" -> retry = value.matches("[0-9]+") ? Long.parseLong(value) : retry;
            default -> {}
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
