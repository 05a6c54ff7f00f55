package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser.Received;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {

    private static final Topic TOPIC = new Topic("numbers");
    private static final EventId ID = new EventId("e", 7);
    private static final EventId LATER = new EventId("e", 9);

    @Test
    void writesAnEventAsTheStandardShowsIt() {
        assertEquals("id: #e-7\nevent: price\ndata: 1\ndata: 2\n\n", frame("price", "1\n2"));
        assertEquals("id: #e-7\ndata: {\"a\":1}\n\n", frame(null, "{\"a\":1}"));
    }

    @Test
    void startsADataLineAfterEachKindOfLineEnd() {
        assertEquals("data: a\ndata: b\ndata: c\ndata: d\n\n", body("a\nb\rc\r\nd"));
        assertEquals("data: \ndata: \n\n", body("\r\n"));
        assertEquals("data: \ndata: \ndata: \n\n", body("\n\r"));
        assertEquals("data: \n\n", body(""));
        assertEquals("data: a\ndata: \n\n", body("a\r"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\n\ndata: forged\n\n",
                "x\r\rid: forged\r\r",
                "x\r\n\r\nevent: forged\r\n\r\n",
                ": comment",
                "id: forged",
                "retry: 1",
                " leading space",
                "\ufeffdata: bom",
                "data",
                "x\n",
                "\n\nx",
                "\0"
            })
    void cannotBeBrokenOutOfByData(String data) {
        EventStreamParser stream =
                EventStreamParser.decode(WireFormat.frame(ID.toString(), WireFormat.body(Event.message(TOPIC, data))));

        String asJoined = data.replace("\r\n", "\n").replace('\r', '\n');
        assertEquals(List.of(new Received("#e-7", "message", asJoined)), stream.events());
        assertEquals(List.of(), stream.comments());
        assertEquals(-1, stream.retry());
    }

    @Test
    void takesALeadingSpaceOfATypeForWhatItIs() {
        EventStreamParser stream = EventStreamParser.decode(
                WireFormat.frame(ID.toString(), WireFormat.body(new Event(TOPIC, " a:b", "x"))));

        assertEquals(List.of(new Received("#e-7", " a:b", "x")), stream.events());
    }

    @Test
    void opensWithAnIdThatIsRememberedWithoutAnEvent() {
        EventStreamParser stream = EventStreamParser.decode(WireFormat.opening(1234, "#e-7", true));

        assertEquals(List.of(), stream.events());
        assertEquals("#e-7", stream.lastEventId());
        assertEquals(1234, stream.retry());
    }

    @Test
    void opensWithAnIdThatIsRememberedWithTheFirstEvent() {
        EventStreamParser stream = EventStreamParser.decode(all(
                WireFormat.opening(1234, "#e-7", false),
                WireFormat.heartbeat(),
                WireFormat.body(Event.message(TOPIC, "x"))));

        assertEquals(List.of(new Received("#e-7", "message", "x")), stream.events());
        assertEquals(1234, stream.retry());
        assertEquals(1, blocks(WireFormat.opening(1, "#e-7", true)));
        assertEquals(0, blocks(WireFormat.opening(1, "#e-7", false)));
        assertEquals(0, blocks(WireFormat.heartbeat()));
    }

    @Test
    void beatsWithoutDispatchingOrForgetting() {
        EventStreamParser stream =
                EventStreamParser.decode(all(WireFormat.opening(1, "#e-7", true), WireFormat.heartbeat()));

        assertEquals(List.of(), stream.events());
        assertEquals("#e-7", stream.lastEventId());
        assertEquals(1, stream.comments().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other-3",
                "\"},\"x\":{\"",
                "a\nid: forged\n\n",
                "a\r\n\r\ndata: forged",
                "\\",
                "\\\"",
                "</script>",
                "\0",
                "ü\u2028\u2029",
                "\ud83d\ude00",
                "\u007f",
                "\u0085"
            })
    void namesInAGapWhatWasAskedFor(String requested) {
        byte[] bytes = WireFormat.gap(requested, ID, LATER);
        List<Received> events = EventStreamParser.decode(bytes).events();

        assertEquals(1, events.size());
        assertEquals("gap", events.get(0).type());
        assertEquals("#e-7", events.get(0).id());
        JsonObject said =
                Json.createReader(new StringReader(events.get(0).data())).readObject();
        assertEquals(requested, said.getString("requested"));
        assertEquals("#e-7", said.getString("resumed"));
        assertEquals("#e-9", said.getString("completeAfter"));
        assertEquals(3, said.size());
        assertTrue(new String(bytes, UTF_8).chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), "plain ASCII");
    }

    private static byte[] all(byte[]... blocks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] block : blocks) {
            all.writeBytes(block);
        }
        return all.toByteArray();
    }

    private static int blocks(byte[] bytes) {
        return new String(bytes, UTF_8).split("\n\n", -1).length - 1;
    }

    private static String frame(String type, String data) {
        return new String(WireFormat.frame(ID.toString(), WireFormat.body(new Event(TOPIC, type, data))), UTF_8);
    }

    private static String body(String data) {
        return new String(WireFormat.body(Event.message(TOPIC, data)), UTF_8);
    }
}
