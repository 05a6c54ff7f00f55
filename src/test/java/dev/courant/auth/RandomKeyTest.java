package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomKeyTest {

    private final RandomKey key = new RandomKey(new SecureRandom());
    private final String token = key.token(
            TestAuthenticator.ISSUER,
            TestAuthenticator.AUDIENCE,
            "page",
            TestAuthenticator.NOW,
            Duration.ofHours(1),
            Json.createObjectBuilder()
                    .add("publish", Json.createArrayBuilder().add("a"))
                    .build());

    @Test
    void createsATokenForTheStrictestDialect() {
        AccessRights access = new TestAuthenticator(key.keys(), TestDialect.STRICT).access(token);
        assertTrue(access.hasGrant(TopicAction.PUBLISH, "a"));
        assertEquals(TestAuthenticator.NOW.plusSeconds(3600), access.expires());

        JsonObject claims = Json.createReader(
                        new ByteArrayInputStream(Base64.getUrlDecoder().decode(token.split("\\.")[1])))
                .readObject();
        assertEquals(Set.of("iss", "aud", "sub", "client_id", "iat", "exp", "jti", "publish"), claims.keySet());
    }

    @Test
    void differsFromOtherRandomKeys() {
        TestAuthenticator another = new TestAuthenticator(new RandomKey(new SecureRandom()).keys(), TestDialect.STRICT);
        assertEquals("401 Bearer error=\"invalid_token\"", another.refusal(AuthExchange.bearing(token)));
    }
}
