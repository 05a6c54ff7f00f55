package dev.courant;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as others would make them: by hand, and not by what is under test. */
final class Tokens {

    /** As arquillian.xml has it. */
    static final String KEY = "known-to-everybody-who-reads-the-tests";

    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "https://hub.example/courant/.well-known/mercure";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Tokens() {}

    /** For an hour. */
    static String that(List<String> actions, String... matchers) {
        return lasting(Duration.ofHours(1), actions, matchers);
    }

    /** @param matchers URL patterns, or all that is there by "*" */
    static String lasting(Duration time, List<String> actions, String... matchers) {
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

    static JsonObjectBuilder claims(Duration time) {
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

    static String signed(JsonObject claims) {
        String text = encoded("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}") + '.' + encoded(claims.toString());
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
