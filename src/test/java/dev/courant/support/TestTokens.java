package dev.courant.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as others would make them: by hand, and not by what is under test. */
public final class TestTokens {

    /** As arquillian.xml has it. */
    public static final String KEY = "known-to-everybody-who-reads-the-tests";

    public static final String ISSUER = "https://issuer.example";
    public static final String AUDIENCE = "https://hub.example/courant/.well-known/mercure";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TestTokens() {}

    /** For an hour. */
    public static String that(List<String> actions, String... matchers) {
        return lasting(Duration.ofHours(1), actions, matchers);
    }

    /** @param matchers URL patterns, or all that is there by "*" */
    public static String lasting(Duration time, List<String> actions, String... matchers) {
        JsonArrayBuilder topics = Json.createArrayBuilder();
        for (String matcher : matchers) {
            topics.add(Json.createObjectBuilder().add("match", matcher).add("match_type", "urlpattern"));
        }
        return signed(claims(time)
                .add(
                        "authorization_details",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("type", "https://mercure.rocks/authorization-detail")
                                        .add("actions", Json.createArrayBuilder(actions))
                                        .add("topics", topics)
                                        .add(
                                                "payload",
                                                Json.createObjectBuilder().add("desk", 7))))
                .build());
    }

    /** For an hour, with this array of details. */
    public static String withDetails(String json) {
        return signed(claims(Duration.ofHours(1))
                .add("authorization_details", parsed("{\"it\":" + json + "}").getJsonArray("it"))
                .build());
    }

    /** As the protocol's version 0.x has it: with this claim alone. */
    public static String of0(String mercure) {
        return signed(
                "{\"alg\":\"HS256\"}",
                Json.createObjectBuilder().add("mercure", parsed(mercure)).build());
    }

    public static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    public static JsonObjectBuilder claims(Duration time) {
        Instant now = Instant.now();
        return Json.createObjectBuilder()
                .add("iss", ISSUER)
                .add("aud", AUDIENCE)
                .add("sub", "someone")
                .add("client_id", "tests")
                .add("iat", now.getEpochSecond())
                .add("exp", now.plus(time).getEpochSecond())
                .add("jti", String.valueOf(System.nanoTime()));
    }

    public static String signed(JsonObject claims) {
        return signed("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}", claims);
    }

    public static String signed(String header, JsonObject claims) {
        String text = encoded(header) + '.' + encoded(claims.toString());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
            return text + '.' + BASE64.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }
}
