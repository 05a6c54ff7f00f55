package dev.courant.mercure;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** Dialects at one address, and claims as text with ' for ". */
final class TestProtocols {

    static final HubAddress HUB = HubAddress.of("https://hub.example.com/ctx", "");
    static final MercureProtocol NEW = MercureProtocols.of(false, false, HUB);
    static final MercureProtocol OLD = MercureProtocols.of(true, false, HUB);

    private TestProtocols() {}

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
