package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {

    private static final Topic TOPIC = new Topic("numbers");

    @ParameterizedTest
    @ValueSource(strings = {"price", "a b", " ", "gaps", "Gap", "überraschung", "a:b"})
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
    }

    @Test
    void boundsTheTypesLength() {
        assertEquals(255, new Event(TOPIC, "x".repeat(255), "").type().length());
        assertThrows(IllegalArgumentException.class, () -> new Event(TOPIC, "x".repeat(256), ""));
    }

    @Test
    void hasNoTypeUnlessGivenOne() {
        assertNull(Event.message(TOPIC, "data").type());
    }
}
