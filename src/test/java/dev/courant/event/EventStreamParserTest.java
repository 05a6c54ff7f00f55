package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.event.EventStreamParser.Received;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser that many other tests rely on, checked against the examples and details of the standard. */
class EventStreamParserTest {

    private static final String EXAMPLE =
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void readsTheExampleOfTheStandardByteForByte(String lineEnd) {
        byte[] bytes = EXAMPLE.replace("\n", lineEnd).getBytes(UTF_8);
        EventStreamParser stream = new EventStreamParser("");
        for (int i = 0; i < bytes.length; i++) {
            stream.read(bytes, i, i + 1);
        }

        assertEquals(
                List.of(
                        new Received("1", "message", "first event"),
                        new Received("", "message", "second event"),
                        new Received("", "message", " third event")),
                stream.events());
        assertEquals(List.of(" test stream"), stream.comments());
        assertEquals(List.of(), stream.ignored());
    }

    @Test
    void discardsWhatNoBlankLineEnds() {
        assertEquals(List.of("", "\n"), decode("data\n\ndata\ndata\n\ndata:").data());
        assertEquals(List.of(), decode("id: 1\ndata: x\n").data());
        assertEquals("", decode("id: 1\n").lastEventId());
        assertEquals("1", decode("id: 1\n\n").lastEventId());
    }

    @Test
    void forgetsAnIdThatTheNewConnectionDoesNotRepeat() {
        assertEquals("7", new EventStreamParser("7").read(bytes(":\n"), 0, 2).lastEventId());
        assertEquals(
                "", new EventStreamParser("7").read(bytes("data\n\n"), 0, 6).lastEventId());
    }

    @Test
    void ignoresInvalidFields() {
        EventStreamParser stream = decode("id: a\0b\nretry: 1s\nretry:\nDATA: x\nfoo: bar\n data: y\ndata: z\n\n");

        assertEquals(List.of(new Received("", "message", "z")), stream.events());
        assertEquals(6, stream.ignored().size());
        assertEquals(-1, stream.retry());
    }

    @Test
    void takesOneByteOrderMarkAndNoOther() {
        assertEquals(List.of("x"), decode("\ufeffdata: x\n\n").data());
        assertEquals(List.of("\ufeffx"), decode("data: \ufeffx\n\n").data());
        assertEquals(List.of(), decode("\ufeff\ufeffdata: x\n\n").data());
        assertEquals(List.of(), decode("\n\ufeffdata: x\n\n").data());
    }

    @Test
    void failsOnBytesThatAreNotText() {
        byte[] half = {'d', 'a', 't', 'a', ':', (byte) 0xc3, '\n'};
        assertThrows(AssertionError.class, () -> EventStreamParser.decode(half));
    }

    private static EventStreamParser decode(String text) {
        return EventStreamParser.decode(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
