package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser.Received;
import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class WireFormatPropertyTest {

    private static final EventId ID = new EventId("e", 7);
    private static final EventId LATER = new EventId("e", 9);

    @Property
    void aClientGetsWhatWasSaidHoweverTheBytesArrive(
            @ForAll("texts") @Size(max = 8) List<String> said,
            @ForAll @NotEmpty List<@IntRange(min = 1, max = 9) Integer> portions) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<Received> due = new ArrayList<>();
        for (String data : said) {
            SentEvent sent = SentEvent.of(new EventId("e", due.size()), null, data);
            wire.writeBytes(sent.bytes());
            wire.writeBytes(WireFormat.heartbeat());
            due.add(sent.due());
        }

        EventStreamParser stream = inPortions(wire.toByteArray(), portions);
        assertEquals(due, stream.events());
        assertEquals(said.size(), stream.comments().size(), "no data was parsed as a comment");
        assertEquals(List.of(), stream.ignored());
        assertEquals(-1, stream.retry());
    }

    @Property
    void aTypeComesBackOrIsRefused(@ForAll("anyTypes") String type, @ForAll("text") String data) {
        SentEvent sent;
        try {
            sent = SentEvent.of(ID, type, data);
        } catch (IllegalArgumentException refused) {
            assertTrue(
                    type.isEmpty()
                            || type.equals(Event.GAP)
                            || type.length() > Event.MAX_LENGTH
                            || type.chars().anyMatch(Character::isISOControl)
                            || !type.equals(SentEvent.asUtf8(type)),
                    "refused for a reason");
            return;
        }

        EventStreamParser stream = EventStreamParser.decode(sent.bytes());
        assertEquals(List.of(sent.due()), stream.events());
        assertEquals(List.of(), stream.ignored());
    }

    @Property
    void anEventCutAnywhereIsNoEventYet(@ForAll("text") String data, @ForAll @IntRange(min = 1) int cut) {
        byte[] bytes = SentEvent.of(ID, "t", data).bytes();
        EventStreamParser stream = new EventStreamParser("#e-6").read(bytes, 0, bytes.length - 1 - cut % bytes.length);

        assertEquals(List.of(), stream.events());
        assertEquals("#e-6", stream.lastEventId(), "and its id is not remembered");
    }

    @Property
    void aGapContainsAnyRequestedId(@ForAll("anyText") String asked) {
        byte[] bytes = WireFormat.gap(asked, ID, LATER);
        EventStreamParser stream = EventStreamParser.decode(bytes);

        assertEquals(1, stream.events().size());
        Received gap = stream.events().get(0);
        assertEquals(new Received(ID.toString(), "gap", gap.data()), gap);
        assertEquals(
                Map.of(
                        "requested", Json.createValue(asked),
                        "resumed", Json.createValue(ID.toString()),
                        "completeAfter", Json.createValue(LATER.toString())),
                Json.createReader(new StringReader(gap.data())).readObject());
        assertTrue(new String(bytes, UTF_8).chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), "plain ASCII");
    }

    @Property
    void anOpeningContainsTheRetryTimeAndAnId(
            @ForAll @LongRange(min = 0) long retry,
            @ForAll @LongRange(min = 0, max = EventId.MAX_OFFSET) long offset,
            @ForAll boolean block) {
        EventId id = new EventId("e", offset);
        byte[] opening = WireFormat.opening(retry, id.toString(), block);
        EventStreamParser stream = EventStreamParser.decode(opening);

        assertEquals(List.of(), stream.events());
        assertEquals(retry, stream.retry());
        assertEquals(block ? id.toString() : "", stream.lastEventId());
        byte[] event = "data: x\n\n".getBytes(UTF_8);
        assertEquals(id.toString(), stream.read(event, 0, event.length).lastEventId());
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.randomValue(RandomText::piece).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    /** Includes unpaired surrogates, which Java strings may contain. */
    @Provide
    Arbitrary<String> anyText() {
        return Arbitraries.oneOf(text(), Arbitraries.strings().all().ofMaxLength(40));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return anyText().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> anyTypes() {
        Arbitrary<String> visible = anyText().map(text -> text.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", ""));
        return Arbitraries.oneOf(visible, anyText(), Arbitraries.of("gap", "", " ", "message", "x".repeat(256)));
    }

    private static EventStreamParser inPortions(byte[] bytes, List<Integer> portions) {
        EventStreamParser stream = new EventStreamParser("");
        int at = 0;
        for (int n = 0; at < bytes.length; n++) {
            int end = Math.min(bytes.length, at + portions.get(n % portions.size()));
            stream.read(bytes, at, end);
            at = end;
        }
        return stream;
    }
}
