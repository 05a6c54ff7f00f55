package dev.courant.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.courant.event.EventStreamParser.Received;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

class EventEnvelopePropertyTest {

    private static final EventId ID = new EventId("e", 7);

    @Property
    void decodesToTheSameEvent(
            @ForAll("data") String data,
            @ForAll("names") String topic,
            @ForAll("names") String type,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis) {
        Event event;
        try {
            event = new Event(List.of(new Topic("a"), new Topic(topic)), false, null, type, null, data);
        } catch (IllegalArgumentException refused) {
            return;
        }
        byte[] frame = WireFormat.frame(ID.toString(), WireFormat.body(event));
        byte[] wrapped = EventEnvelope.encodeFrame(frame, event.topics(), millis);
        String line = new String(EventEnvelope.encode(frame, event.topics(), millis), UTF_8);
        assertFalse(line.contains("\n") || line.contains("\r"), line);
        EventStreamParser client = EventStreamParser.decode(wrapped);
        assertEquals(List.of(new Received(ID.toString(), "message", line)), client.events());
        assertEquals(List.of(), client.ignored());

        JsonObject envelope = read(line).asJsonObject();
        String received = EventStreamParser.decode(frame).events().get(0).data();
        JsonValue json = read(received);
        assertEquals(json == null ? Json.createValue(received) : json, envelope.get("data"));
        assertEquals(ID.toString(), envelope.getString("id"));
        assertEquals(type, envelope.getString("type"));
        assertEquals(Instant.ofEpochMilli(millis), Instant.parse(envelope.getString("time")));
        assertEquals(
                event.topics(),
                envelope.getJsonArray("topics").getValuesAs(JsonString.class).stream()
                        .map(name -> new Topic(name.getString()))
                        .toList());
    }

    @Property(tries = 20_000)
    void acceptsWhatAParserAccepts(@ForAll("almostJson") String text) {
        assertEquals(read(text) != null, JsonText.isValid(text.getBytes(UTF_8)), text);
    }

    @Provide
    Arbitrary<String> data() {
        Arbitrary<String> text =
                Arbitraries.randomValue(RandomText::piece).list().ofMaxSize(20).map(pieces -> String.join("", pieces));
        return Arbitraries.oneOf(text, Arbitraries.strings().all().ofMaxLength(30), almostJson());
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.randomValue(RandomText::piece)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(pieces -> String.join("", pieces));
    }

    /** Random JSON, in which up to two characters are changed. */
    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.randomValue(random -> {
            StringBuilder text = new StringBuilder();
            appendValue(text, random, 0);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "[]{},:\"\\ue0-+.\n\t x".charAt(random.nextInt(18)));
                    default -> text.setCharAt(at, "[]{},:\"\\ue0-+.\n\t x".charAt(random.nextInt(18)));
                }
                if (text.isEmpty()) {
                    text.append(' ');
                }
            }
            return text.toString();
        });
    }

    private static void appendValue(StringBuilder text, Random random, int depth) {
        String space = random.nextInt(4) == 0 ? List.of(" ", "\n", "\r\n", "\t").get(random.nextInt(4)) : "";
        text.append(space);
        switch (random.nextInt(depth < 4 ? 8 : 6)) {
            case 0 -> text.append("true");
            case 1 -> text.append("null");
            case 2 -> text.append("false");
            case 3 -> text.append(List.of("0", "-0.0", "12e3", "-1.5E-7", "10").get(random.nextInt(5)));
            case 4, 5 ->
                text.append(List.of("\"\"", "\"a\\n\\u00E9\"", "\"é😀\"", "\"\\\\\\\"\"")
                        .get(random.nextInt(4)));
            case 6 -> {
                text.append('[');
                for (int count = random.nextInt(4); count > 0; count--) {
                    appendValue(text, random, depth + 1);
                    text.append(count > 1 ? "," : "");
                }
                text.append(']');
            }
            default -> {
                text.append('{');
                for (int count = random.nextInt(4); count > 0; count--) {
                    text.append("\"k").append(count).append("\":");
                    appendValue(text, random, depth + 1);
                    text.append(count > 1 ? "," : "");
                }
                text.append('}');
            }
        }
        text.append(space);
    }

    /** Returns the value of a text that is JSON as a whole, or {@code null} for other text. */
    private static @Nullable JsonValue read(String text) {
        String list = "[" + text + "]"; // a reader ignores what follows a value, a parser what follows a scalar
        try (JsonReader reader = Json.createReader(new StringReader(list));
                JsonParser parser = Json.createParser(new StringReader(list))) {
            while (parser.hasNext()) {
                parser.next();
            }
            JsonArray values = reader.readArray();
            return values.size() == 1 ? values.get(0) : null;
        } catch (JsonException | IllegalStateException | NoSuchElementException notJson) {
            return null;
        }
    }
}
