package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.EventStreamParser.Received;
import org.jspecify.annotations.Nullable;

/**
 * An event as it goes out, and as a client has to receive it: the one place where the tests of the wire call the
 * encoder.
 */
@SuppressWarnings("ArrayRecordComponent") // a test's own
public record SentEvent(byte[] bytes, Received due) {

    private static final Topic TOPIC = new Topic("t");

    /** @throws IllegalArgumentException if there can be no such event */
    public static SentEvent of(EventId id, @Nullable String type, String data) {
        Event event = new Event(TOPIC, type, data);
        String shownType = type == null ? "message" : asUtf8(type);
        return new SentEvent(
                WireFormat.frame(id.toString(), WireFormat.body(event)),
                new Received(id.toString(), shownType, asJoined(asUtf8(data))));
    }

    /** The lines as a client joins them. */
    static String asJoined(String data) {
        return data.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** Half of a surrogate pair is no character: UTF-8 has no bytes for it, and a question mark is sent instead. */
    static String asUtf8(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
