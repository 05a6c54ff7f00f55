package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parser of the header and the claims of a token. It refuses JSON in which other parsers may find other claims (RFC 8725, section 3.10). */
final class StrictJson {

    private static final int MAX_NESTING = 20;

    // Both are static because Json looks up the implementation on each call.
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private StrictJson() {}

    /** @throws TokenVerifier.InvalidTokenException if the text is no JSON object, or repeats a name */
    static JsonObject parse(byte[] utf8) {
        Reader text = new InputStreamReader(new ByteArrayInputStream(utf8), UTF_8.newDecoder());
        try (JsonParser parser = PARSERS.createParser(text)) {
            JsonValue json = read(parser, parser.next(), MAX_NESTING);
            if (!parser.hasNext()) {
                return json.asJsonObject();
            }
        } catch (RuntimeException quotesToken) {
            // The exception below does not quote it.
        }
        throw new TokenVerifier.InvalidTokenException(
                "its header and claims are not JSON objects in UTF-8, with unique names and at most " + MAX_NESTING
                        + " levels");
    }

    private static JsonValue read(JsonParser parser, Event event, int levels) {
        if (levels == 0) {
            throw new JsonException("nested too deeply");
        }
        if (event == Event.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.next() != Event.END_OBJECT) {
                if (members.put(parser.getString(), read(parser, parser.next(), levels - 1)) != null) {
                    throw new JsonException("a name occurs twice");
                }
            }
            return BUILDERS.createObjectBuilder(members).build();
        }
        if (event == Event.START_ARRAY) {
            JsonArrayBuilder array = BUILDERS.createArrayBuilder();
            for (Event next = parser.next(); next != Event.END_ARRAY; next = parser.next()) {
                array.add(read(parser, next, levels - 1));
            }
            return array.build();
        }
        return parser.getValue();
    }
}
