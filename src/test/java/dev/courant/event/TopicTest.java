package dev.courant.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "numbers",
                "sensors/kitchen/temperature",
                "Zürich",
                "日本",
                "\uD83D\uDE00",
                "a b",
                "...",
                "a/.b",
                "**",
                "%2f",
                "https://example.com/books/1?a=b#c",
                "/",
                "/a",
                "a/",
                "a//b",
                "../a",
                "."
            })
    void takesWhatCanBeShown(String name) {
        assertEquals(name, new Topic(name).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\rb",
                "a\0b",
                "a\tb",
                "\u007f",
                "\u0085", // control character
                "a\u202eb",
                "a\u2066b",
                "a\u200bb",
                "\ufeffa",
                "a\u00adb",
                "\udb40\udc41", // formatting character
                "a\u0890b",
                "\ud80d\udc3fa", // formatting character that JDK 17 does not know
                "a\u2028b",
                "a\u2029b", // line and paragraph separators
                "a\ud83d",
                "\ude00a" // unpaired surrogate
            })
    void refusesWhatCannotBeSeen(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Topic(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*"})
    void refusesNoNameAndEveryName(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Topic(name));
    }

    @Test
    void boundsTheLength() {
        assertEquals(4096, new Topic("x".repeat(4096)).name().length());
        assertThrows(IllegalArgumentException.class, () -> new Topic("x".repeat(4097)));
    }
}
