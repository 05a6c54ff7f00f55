package dev.courant.mercure;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** Dialects at one address, and claims as text with ' for ". */
final class Hubs {

    static final HubAddress HUB = HubAddress.of("https://hub.example.com/ctx", "");
    static final Dialect NEW = Dialects.of(false, false, HUB);
    static final Dialect OLD = Dialects.of(true, false, HUB);

    private Hubs() {}

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
