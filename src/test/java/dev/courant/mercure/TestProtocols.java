package dev.courant.mercure;

import dev.courant.urlpattern.WebUrl;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** Both versions of the protocol, for the same hub, and JSON written with single quotes. */
final class TestProtocols {

    static final HubAddress HUB = HubAddress.of(WebUrl.parse("https://hub.example.com/ctx", null), "");
    static final MercureProtocol VERSION_1 = MercureProtocols.of(false, false, HUB);
    static final MercureProtocol VERSION_0 = MercureProtocols.of(true, false, HUB);

    private TestProtocols() {}

    static JsonObject parseJson(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
