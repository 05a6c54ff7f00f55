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

/** A factory for access tokens that does not use the code under test. */
public final class TestTokens {

    /** The HMAC key, which {@code arquillian.xml} also contains. */
    public static final String KEY = "known-to-everybody-who-reads-the-tests";

    public static final String ISSUER = "https://issuer.example";
    public static final String AUDIENCE = "https://hub.example/courant/.well-known/mercure";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TestTokens() {}

    /** Creates a token that is valid for an hour. */
    public static String create(List<String> actions, String... matchers) {
        return createWithLifetime(Duration.ofHours(1), actions, matchers);
    }

    /** @param matchers URL patterns, or "*" for all topics */
    public static String createWithLifetime(Duration time, List<String> actions, String... matchers) {
        JsonArrayBuilder topics = Json.createArrayBuilder();
        for (String matcher : matchers) {
            topics.add(Json.createObjectBuilder().add("match", matcher).add("match_type", "urlpattern"));
        }
        return sign(createClaims(time)
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

    /** Creates a token that is valid for an hour, with this array as its {@code authorization_details}. */
    public static String createWithDetails(String json) {
        return sign(createClaims(Duration.ofHours(1))
                .add("authorization_details", parse("{\"it\":" + json + "}").getJsonArray("it"))
                .build());
    }

    /** Creates a token of the Mercure protocol's version 0.x, which only contains this claim. */
    public static String createForVersion0(String mercure) {
        return sign(
                "{\"alg\":\"HS256\"}",
                Json.createObjectBuilder().add("mercure", parse(mercure)).build());
    }

    public static JsonObject parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    public static JsonObjectBuilder createClaims(Duration time) {
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

    public static String sign(JsonObject claims) {
        return sign("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}", claims);
    }

    public static String sign(String header, JsonObject claims) {
        String text = encode(header) + '.' + encode(claims.toString());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
            return text + '.' + BASE64.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }
}
