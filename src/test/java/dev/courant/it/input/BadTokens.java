package dev.courant.it.input;

import dev.courant.support.TestTokens;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A generator of valid, altered and invalid tokens. */
final class BadTokens {

    private static final String NONE = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    private static final String DETAIL = "https://mercure.rocks/authorization-detail";

    private final BadText input;
    private final List<String> valid = new ArrayList<>();
    private final List<String> signed = new ArrayList<>();

    BadTokens(BadText input) {
        this.input = input;
        valid.add(TestTokens.create(List.of("publish", "subscribe", "kick"), "*"));
        valid.add(TestTokens.create(List.of("publish"), "https://example.com/:id"));
        valid.add(TestTokens.create(List.of("subscribe"), "urn:nothing"));
        for (String details : List.of("1", "{}", "[1]", "[[]]", "null", "[{\"type\":\"" + DETAIL + "\"}]")) {
            sign("authorization_details", details);
        }
        for (String time : List.of("0", "1", "-1", "9223372036854775807", "1e18", "1e999999999", "\"x\"", "[]")) {
            sign("exp", time);
            sign("nbf", time);
        }
        sign("x", "[".repeat(60) + "]".repeat(60));
    }

    /** Returns a valid token that grants everything. */
    String validToken() {
        return valid.get(0);
    }

    String any() {
        String token = input.any(valid);
        String[] parts = token.split("\\.");
        return switch (input.nextInt(12)) {
            case 0, 1, 2 -> token;
            case 3 -> token.substring(0, input.nextInt(token.length()));
            case 4 -> input.mutate(token);
            case 5 -> parts[1] + '.' + parts[0] + '.' + parts[2];
            case 6 -> parts[0] + '.' + parts[1] + '.' + input.any(valid).split("\\.")[2];
            case 7 -> NONE + '.' + parts[1] + '.';
            case 8 -> token + ".a.b";
            case 9 -> input.oneIn(9) ? token.repeat(8) : "a.b.c";
            case 10 -> input.any(signed);
            default -> input.text();
        };
    }

    private void sign(String name, String value) {
        try (JsonReader reader = Json.createReader(new StringReader("[" + value + "]"))) {
            JsonValue read = reader.readArray().get(0);
            signed.add(TestTokens.sign(
                    TestTokens.createClaims(Duration.ofHours(1)).add(name, read).build()));
        }
    }
}
