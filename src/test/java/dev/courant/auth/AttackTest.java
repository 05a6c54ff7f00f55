package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.http.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttackTest {

    private static final TestAuthenticator DOOR = TestAuthenticator.strict();

    static Stream<Arguments> tokens() {
        return TokenAttacks.all().entrySet().stream().map(attack -> Arguments.of(attack.getKey(), attack.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void refuses(String what, String token) {
        assertEquals("401 Bearer error=\"invalid_token\"", DOOR.refusal(AuthExchange.bearing(token)));
    }

    /** The tokens above differ from this in one thing each. */
    @Test
    void acceptsTheOneThatIsRight() {
        assertTrue(
                DOOR.access(TokenAttacks.rsa("", TestAuthenticator.claims(""))).hasGrant(TopicAction.PUBLISH, "a"));
    }

    @Test
    void saysTheSameOfEach() {
        TreeSet<String> details = new TreeSet<>();
        for (String token : TokenAttacks.all().values()) {
            ProblemException refused = assertThrows(ProblemException.class, () -> DOOR.access(token));
            details.add(refused.problem().toJson() + refused.headers());
        }
        assertEquals(1, details.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "bearer",
                "Bearer a b",
                "Bearer a,b",
                "Bearer\ta",
                "Bearer ä",
                "",
                " ",
                "Bearer, a",
                "Bearer =",
                "Bearer a==b"
            })
    void takesAMalformedHeaderForAMalformedRequest(String header) {
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                DOOR.refusal(AuthExchange.get().with("Authorization", header)));
    }

    @Test
    void takesTwoHeadersForAMalformedRequest() {
        String good = "Bearer " + TokenAttacks.rsa("", TestAuthenticator.claims(""));
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                DOOR.refusal(AuthExchange.get().with("Authorization", good, good)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
    void takesTheSchemeInAnyCase(String scheme) {
        String good = TokenAttacks.rsa("", TestAuthenticator.claims(""));
        assertFalse(DOOR.access(AuthExchange.get().with("Authorization", scheme + good))
                .isAnonymous());
    }

    @Test
    void aRevokedTokenIsRefusedUnderEachSignatureThatFitsIt() {
        TestAuthenticator door = TestAuthenticator.strict();
        String token = TokenForge.signed(
                TestAuthenticator.header("ES256", ""),
                TestAuthenticator.claims(""),
                TestAuthenticator.P256.getPrivate(),
                "SHA256withECDSAinP1363Format");
        String other = TokenForge.otherSignature(
                token,
                ((java.security.interfaces.ECPublicKey) TestAuthenticator.P256.getPublic())
                        .getParams()
                        .getOrder());
        assertFalse(door.access(other).isAnonymous());

        AccessRights access = door.access(token);
        door.revoked.revoke(access.fingerprint(), access.expires());

        assertEquals("401 Bearer error=\"invalid_token\"", door.refusal(AuthExchange.bearing(token)));
        assertEquals("401 Bearer error=\"invalid_token\"", door.refusal(AuthExchange.bearing(other)));
    }

    @Test
    void aTokenCannotBringAKeyAlongButMayNameOne() {
        Map<String, String> named = Map.of(
                "jku", "\"https://evil.example\"", "x5u", "\"https://evil.example\"", "x5c", "[\"AA\"]", "jwk", "{}");
        named.forEach((name, value) -> {
            String token = TokenAttacks.rsa(",\"" + name + "\":" + value, TestAuthenticator.claims(""));
            assertFalse(DOOR.access(token).isAnonymous(), name);
        });
    }

    @Test
    void aTokenLastsUntilItExpires() {
        String last = TokenAttacks.rsa("", TestAuthenticator.claims("\"exp\":" + (TestAuthenticator.T + 1), ""));
        assertEquals(
                Instant.ofEpochSecond(TestAuthenticator.T + 1),
                DOOR.access(last).expires());
    }
}
