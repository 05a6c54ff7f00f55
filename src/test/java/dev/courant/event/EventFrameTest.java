package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFrameTest {

    private static final Topic TOPIC = new Topic("t");

    @ParameterizedTest
    @ValueSource(strings = {"", "x", " x ", "a\nb", "\n", "\n\n", "a\r\nb\rc", "data: x\nid: 7", "\ufeff\0€"})
    void parsesAnEncodedFrame(String data) {
        Event full = new Event(TOPIC, "urn:1 2", " t: x", Duration.ofMillis(7), data);
        String joined = data.replace("\r\n", "\n").replace('\r', '\n');

        assertEquals(
                new EventFrame("urn:1 2", " t: x", Duration.ofMillis(7), joined),
                EventFrame.read(WireFormat.frame("urn:1 2", WireFormat.body(full))));
        assertEquals(
                new EventFrame("#e-1", null, null, joined),
                EventFrame.read(WireFormat.frame("#e-1", WireFormat.body(Event.message(TOPIC, data)))));
    }
}
