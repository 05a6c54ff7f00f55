package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.event.EventStreamParser.Received;
import org.jspecify.annotations.Nullable;

/** An event as it is sent, and as a client must receive it. Wire tests call the encoder only here. */
@SuppressWarnings("ArrayRecordComponent") // used by tests only
public record SentEvent(byte[] bytes, Received due) {

    private static final Topic TOPIC = new Topic("t");

    /** @throws IllegalArgumentException if such an event is invalid */
    public static SentEvent of(EventId id, @Nullable String type, String data) {
        Event event = new Event(TOPIC, type, data);
        String shownType = type == null ? "message" : asUtf8(type);
        return new SentEvent(
                WireFormat.frame(id.toString(), WireFormat.body(event)),
                new Received(id.toString(), shownType, asJoined(asUtf8(data))));
    }

    /** Returns the lines as a client joins them. */
    static String asJoined(String data) {
        return data.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** Replaces unpaired surrogates: UTF-8 has no bytes for them, so a question mark is sent instead. */
    static String asUtf8(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
