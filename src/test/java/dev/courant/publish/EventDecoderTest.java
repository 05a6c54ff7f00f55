package dev.courant.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.event.EventStreamParser;
import dev.courant.http.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that bodies with several events are decoded as clients decode them, however the network divides them. */
class EventDecoderTest {

    private static final int MAX_BYTES = 20;
    private static final List<String> PIECES = List.of(
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            ":",
            " ",
            "data",
            "data: ",
            "data:a",
            "event: ",
            "event:b\n",
            "id: 1\n",
            "retry: 5\n",
            ": comment\n",
            "x: y\n",
            "\ufeff",
            "\u20ac",
            "a",
            "event: gap\n");

    @Test
    void decodesAnyStreamInAnyPortionsAsAClientDoes() {
        Random random = new Random(17);
        for (int run = 0; run < 20_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(25); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            byte[] body = text.toString().getBytes(UTF_8);
            List<String> expected = EventStreamParser.decode(body).events().stream()
                    .filter(event -> !event.type().equals("gap"))
                    .map(event -> (event.type().equals("message") ? null : event.type()) + "|" + event.data())
                    .toList();

            List<String> events = new ArrayList<>();
            EventDecoder decoder = new EventStreamDecoder(1000, (type, data) -> events.add(type + "|" + data));
            decodeInPortions(decoder, body, random);
            decoder.end();

            assertEquals(expected, events, () -> "of " + text.toString().replace("\r", "\\r"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void decodesLinesOfJson(int portion) {
        assertEquals(
                List.of("{\"a\":1}", " 2 ", "\"\u20ac\""),
                decodeLines("\ufeff{\"a\":1}\r\n\n  \n 2 \n\"\u20ac\"".getBytes(UTF_8), portion));
    }

    @Test
    void reportsAnUnfinishedEvent() {
        assertEquals(true, endsWithinEvent("data: a\n\ndata: b\n"));
        assertEquals(true, endsWithinEvent("data: a\n\nda"));
        assertEquals(false, endsWithinEvent("data: a\n\n: comment\n"));
        assertEquals(false, endsWithinEvent(""));
    }

    @Test
    void refusesEventsThatAreTooLargeOrNotUtf8() {
        assertRefused(
                413, sink -> new EventStreamDecoder(MAX_BYTES, sink), "data: " + "a".repeat(MAX_BYTES + 1) + "\n");
        assertRefused(413, sink -> new EventStreamDecoder(MAX_BYTES, sink), "data: 1234567890\n".repeat(2) + "data:\n");
        assertRefused(413, sink -> new EventStreamDecoder(MAX_BYTES, sink), ":".repeat(1000)); // no line end
        assertRefused(413, sink -> new JsonLinesDecoder(MAX_BYTES, sink), "a".repeat(1000));
        assertRefused(400, sink -> new EventStreamDecoder(MAX_BYTES, sink), "data: \u00ff\n\n");
        assertRefused(400, sink -> new EventStreamDecoder(MAX_BYTES, sink), "event: \u00ff\n\n");
        assertRefused(400, sink -> new JsonLinesDecoder(MAX_BYTES, sink), "\u00ff\n");
    }

    @Test
    void acceptsAnEventOfTheMaximumSize() {
        List<String> events = new ArrayList<>();
        byte[] body = ("data: " + "a".repeat(MAX_BYTES) + "\n\n").getBytes(UTF_8);
        new EventStreamDecoder(MAX_BYTES, (type, data) -> events.add(data)).decode(body, body.length);

        assertEquals(List.of("a".repeat(MAX_BYTES)), events);
    }

    private static boolean endsWithinEvent(String text) {
        EventDecoder decoder = new EventStreamDecoder(MAX_BYTES, (type, data) -> {});
        decoder.decode(text.getBytes(UTF_8), text.length());
        return decoder.end();
    }

    private static void assertRefused(int status, Function<EventDecoder.Sink, EventDecoder> factory, String body) {
        byte[] bytes = body.getBytes(ISO_8859_1);
        EventDecoder decoder = factory.apply((type, data) -> {});
        ProblemException refused = assertThrows(ProblemException.class, () -> decoder.decode(bytes, bytes.length));
        assertEquals(status, refused.problem().status());
    }

    private static List<String> decodeLines(byte[] body, int portion) {
        List<String> events = new ArrayList<>();
        EventDecoder decoder = new JsonLinesDecoder(1000, (type, data) -> events.add(data));
        for (int from = 0; from < body.length; from += portion) {
            byte[] next = Arrays.copyOfRange(body, from, Math.min(body.length, from + portion));
            decoder.decode(next, next.length);
        }
        assertEquals(false, decoder.end());
        return events;
    }

    private static void decodeInPortions(EventDecoder decoder, byte[] body, Random random) {
        for (int from = 0; from < body.length; ) {
            int to = Math.min(body.length, from + random.nextInt(8));
            byte[] next = Arrays.copyOf(Arrays.copyOfRange(body, from, to), 10); // a part of a larger buffer
            decoder.decode(next, to - from);
            from = to;
        }
    }
}
