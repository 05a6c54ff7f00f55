package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a client sends back is an id as we write it, or none. */
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
