package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventEnvelopeTest {

    private static final long TIME = Instant.parse("2026-12-01T09:30:00.100Z").toEpochMilli();

    @Test
    void containsAllMembersInOneLine() {
        Event event = new Event(
                List.of(new Topic("a/\"b\\"), new Topic("ü")),
                false,
                "my id",
                "t\"",
                Duration.ofSeconds(2),
                "{\"x\":1}");
        assertEquals(
                "{\"id\":\"my id\",\"topics\":[\"a/\\\"b\\\\\",\"ü\"],\"type\":\"t\\\"\","
                        + "\"time\":\"2026-12-01T09:30:00.100Z\",\"data\":{\"x\":1}}",
                envelope(event));
        byte[] frame = WireFormat.frame("my id", WireFormat.body(event));
        byte[] wrapped = EventEnvelope.encodeFrame(frame, event.topics(), TIME);
        EventStreamParser client = EventStreamParser.decode(wrapped);
        assertEquals(List.of(new Received("my id", "message", envelope(event))), client.events());
        assertEquals(2000, client.retry());
    }

    @Test
    void omitsAMissingTypeAndLimitsTheTime() {
        Event event = Event.message(new Topic("a"), "x");
        byte[] frame = WireFormat.frame("#e-1", WireFormat.body(event));
        assertEquals(
                "{\"id\":\"#e-1\",\"topics\":[\"a\"],\"time\":\"9999-12-31T23:59:59.999Z\",\"data\":\"x\"}",
                new String(EventEnvelope.encode(frame, event.topics(), Long.MAX_VALUE), UTF_8));
        assertTrue(new String(EventEnvelope.encode(frame, event.topics(), -1), UTF_8)
                .contains("1970-01-01T00:00:00.000Z"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    ``,           `""`
                    Hello,        `"Hello"`
                    42,           42
                    true,         true
                    `"text"`,     `"text"`
                    `a"b\\c`,     `"a\\"b\\\\c"`
                    {a:1},        `"{a:1}"`
                    [1]x,         `"[1]x"`
                    data: x,      `"data: x"`
                    """)
    void embedsJsonAndQuotesOtherData(@Nullable String data, String embedded) {
        assertData(embedded, data == null ? "" : data);
    }

    @Test
    void removesLineEndsOutsideOfStringsOnly() {
        assertData("{  \"a\" :  [1, 2] }", "{\r\n \"a\" :\n [1,\r2]\n}");
        assertData("\"one\\ntwo\\u0009\\u0000\"", "one\ntwo\t\0");
        assertData("\"\\n\\n\"", "\n\r\n");
        assertData("\"{\\\"a\\\":\\\"x\\ny\\\"}\"", "{\"a\":\"x\ny\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                " true ",
                "false",
                "0",
                "-0",
                "-1.5e+10",
                "1E5",
                "0.1",
                "123456789012345678901234567890",
                "\"\"",
                "\"\\u00e9\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\u00e9\ud83d\ude00\u2028\u007f\"",
                "\"\\ud800\"",
                "[]",
                "[ ]",
                "{}",
                "{ }",
                "[[],{}]",
                "[1,2]",
                "{\"a\":{\"b\":[null]},\"a\":1}",
                "\t[\n1\r]\t",
                "{\"\":0}"
            })
    void acceptsJson(String text) {
        assertTrue(JsonText.isValid(text.getBytes(UTF_8)), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\ufeff1",
                "nul",
                "nulls",
                "True",
                "NaN",
                "Infinity",
                "+1",
                "01",
                "-",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x1",
                "1 2",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u123\"",
                "\"\t\"",
                "\"\n\"",
                "\"\0\"",
                "'a'",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1}",
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1]",
                "{a:1}",
                "{1:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "[]]",
                "{}{}",
                "//c\n1",
                "1;",
                "\u00a01"
            })
    void rejectsOtherText(String text) {
        assertFalse(JsonText.isValid(text.getBytes(UTF_8)), text);
    }

    @Test
    void limitsTheDepth() {
        for (String[] pair : new String[][] {{"[", "]"}, {"{\"a\":[", "]}"}, {"[{\"a\":", "}]"}}) {
            int levels = pair[0].length() > 1 ? 2 : 1;
            int most = JsonText.MAX_DEPTH / levels;
            assertTrue(JsonText.isValid((pair[0].repeat(most) + "0" + pair[1].repeat(most)).getBytes(UTF_8)));
            int more = most + 1;
            assertFalse(JsonText.isValid((pair[0].repeat(more) + "0" + pair[1].repeat(more)).getBytes(UTF_8)));
        }
        assertFalse(JsonText.isValid("[".repeat(1 << 20).getBytes(UTF_8)), "no recursion");
    }

    private static void assertData(String embedded, String data) {
        String envelope = envelope(Event.message(new Topic("a"), data));
        assertEquals(embedded, envelope.substring(envelope.indexOf("\"data\":") + 7, envelope.length() - 1));
    }

    private static String envelope(Event event) {
        byte[] frame = WireFormat.frame(event.id() == null ? "#e-1" : event.id(), WireFormat.body(event));
        return new String(EventEnvelope.encode(frame, event.topics(), TIME), UTF_8);
    }
}
