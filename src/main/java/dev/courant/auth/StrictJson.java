package dev.courant.auth;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads JSON that two readers could not take for different things, and that costs no more than its length: no member
 * twice (RFC 8725, section 3.10, and RFC 7515, section 4, where parsers differ), valid UTF-8, little nesting, no number
 * that takes long to compute with.
 */
final class StrictJson {

    private static final int DEEPEST = 20;
    private static final int LONGEST_NUMBER = 40;

    // Both are looked up by the service loader each time otherwise.
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private StrictJson() {}

    /** @throws JsonException if this is not an object, or not strictly */
    static JsonObject object(byte[] utf8) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new JsonException("not UTF-8", malformed);
        }
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            if (parser.next() != Event.START_OBJECT) {
                throw new JsonException("not an object");
            }
            JsonObject object = object(parser, 1);
            if (parser.hasNext()) {
                throw new JsonException("more than an object");
            }
            return object;
        } catch (NoSuchElementException | IllegalStateException incomplete) {
            throw new JsonException("not a whole object", incomplete);
        }
    }

    private static JsonObject object(JsonParser parser, int depth) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        Set<String> names = new HashSet<>();
        while (parser.next() != Event.END_OBJECT) {
            String name = parser.getString();
            if (!names.add(name)) {
                throw new JsonException("a member is there twice");
            }
            object.add(name, value(parser, parser.next(), depth));
        }
        return object.build();
    }

    private static JsonArray array(JsonParser parser, int depth) {
        JsonArrayBuilder array = BUILDERS.createArrayBuilder();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            array.add(value(parser, event, depth));
        }
        return array.build();
    }

    private static JsonValue value(JsonParser parser, Event event, int depth) {
        if (depth >= DEEPEST) {
            throw new JsonException("nested too deeply");
        }
        return switch (event) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> array(parser, depth + 1);
            case VALUE_NUMBER -> number(parser);
            default -> parser.getValue();
        };
    }

    /** As an integer, 1e999999999 would fill the memory. */
    private static JsonValue number(JsonParser parser) {
        if (parser.getString().length() > LONGEST_NUMBER) {
            throw new JsonException("a number is too long");
        }
        JsonValue number = parser.getValue();
        if (Math.abs((long) ((JsonNumber) number).bigDecimalValue().scale()) > LONGEST_NUMBER) {
            throw new JsonException("a number is too large or too small");
        }
        return number;
    }
}
