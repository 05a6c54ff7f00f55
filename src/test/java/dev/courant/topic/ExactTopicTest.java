package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExactTopicTest {

    @Test
    void matchesOnlyItsExactName() {
        ExactTopic exact = new ExactTopic("https://example.com/caf\u00E9");
        assertTrue(exact.matches("https://example.com/caf\u00E9"));
        assertFalse(exact.matches("https://example.com/cafe\u0301"));
        assertFalse(exact.matches("https://EXAMPLE.com/caf\u00E9"));
        assertFalse(exact.matches("https://example.com/caf%C3%A9"));
    }
}
