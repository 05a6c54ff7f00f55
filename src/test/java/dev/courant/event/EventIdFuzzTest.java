package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text from a client is either an id in our own form or none. */
class EventIdFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void ids(byte[] octets) {
        String text = new String(octets, UTF_8);
        EventId id = EventId.parse(text);
        if (id != null) {
            assertEquals(text, id.toString());
        }
    }
}
