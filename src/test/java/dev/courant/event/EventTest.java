package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {

    private static final Topic TOPIC = new Topic("numbers");

    @ParameterizedTest
    @ValueSource(strings = {"price", "a b", " ", "gaps", "Gap", "token-expired", "überraschung", "a:b"})
    void takesTypesOfOneLine(String type) {
        assertEquals(type, new Event(TOPIC, type, "").type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n", "\r", "a\r\nid: 7", "a\0", "a\tb", "a\u0085b", "\u007f"})
    void refusesTypesThatCouldBreakOutOfTheirLine(String type) {
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, type, "data"));
    }

    @Test
    void keepsTheHubsOwnTypeToTheHub() {
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, Event.GAP, "data"));
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, Event.TOKEN_EXPIRING, "data"));
    }

    @Test
    void boundsTheTypesLength() {
        assertEquals(255, new Event(TOPIC, "x".repeat(255), "").type().length());
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, "x".repeat(256), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "urn:uuid:5e94c686",
                "https://example.com/1?a=b",
                "a b",
                "e-01",
                "e-1",
                "E-1",
                "order-17",
                "a#"
            })
    void takesIdsOfPublishers(String id) {
        assertEquals(id, new Event(TOPIC, id, null, null, "").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "earliest", "#1", " a", "a ", "a\n", "a\0", "\ud800", "a\u0085", "überall"})
    void refusesIdsThatAreReservedOrDoNotComeBackAsTheyWere(String id) {
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, id, null, null, ""));
    }

    @Test
    void boundsIdsAndTimes() {
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, "x".repeat(256), null, null, ""));
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, null, null, Duration.ofMillis(-1), ""));
        assertThrows(
                IllegalArgumentException.class, () -> new Event(TOPIC, null, null, Event.MAX_RETRY.plusMillis(1), ""));
        assertEquals(Duration.ZERO, new Event(TOPIC, null, null, Duration.ZERO, "").retry());
    }

    @Test
    void hasNoTypeUnlessGivenOne() {
        assertNull(Event.message(TOPIC, "data").type());
    }
}
