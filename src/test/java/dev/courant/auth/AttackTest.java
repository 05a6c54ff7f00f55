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

    private static final TestAuthenticator AUTHENTICATOR = TestAuthenticator.strict();

    static Stream<Arguments> tokens() {
        return TokenAttacks.all().entrySet().stream().map(attack -> Arguments.of(attack.getKey(), attack.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void refuses(String attack, String token) {
        assertEquals("401 Bearer error=\"invalid_token\"", AUTHENTICATOR.refusal(AuthExchange.bearing(token)));
    }

    /** Verifies that the valid token is accepted. Each attack changes one part of it. */
    @Test
    void acceptsTheOneThatIsRight() {
        assertTrue(AUTHENTICATOR
                .access(TokenAttacks.rsa("", TestAuthenticator.claims("")))
                .hasGrant(TopicAction.PUBLISH, "a"));
    }

    @Test
    void respondsToEachAlike() {
        TreeSet<String> details = new TreeSet<>();
        for (String token : TokenAttacks.all().values()) {
            ProblemException refused = assertThrows(ProblemException.class, () -> AUTHENTICATOR.access(token));
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
    void rejectsAMalformedHeader(String header) {
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                AUTHENTICATOR.refusal(AuthExchange.get().with("Authorization", header)));
    }

    @Test
    void rejectsTwoHeaders() {
        String good = "Bearer " + TokenAttacks.rsa("", TestAuthenticator.claims(""));
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                AUTHENTICATOR.refusal(AuthExchange.get().with("Authorization", good, good)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
    void acceptsTheSchemeInAnyCase(String scheme) {
        String good = TokenAttacks.rsa("", TestAuthenticator.claims(""));
        assertFalse(AUTHENTICATOR
                .access(AuthExchange.get().with("Authorization", scheme + good))
                .isAnonymous());
    }

    @Test
    void refusesARevokedTokenWithAnyValidSignature() {
        TestAuthenticator authenticator = TestAuthenticator.strict();
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
        assertFalse(authenticator.access(other).isAnonymous());

        AccessRights access = authenticator.access(token);
        authenticator.revoked.revoke(access.fingerprint(), access.expires());

        assertEquals("401 Bearer error=\"invalid_token\"", authenticator.refusal(AuthExchange.bearing(token)));
        assertEquals("401 Bearer error=\"invalid_token\"", authenticator.refusal(AuthExchange.bearing(other)));
    }

    @Test
    void aTokenCannotBringAKeyAlongButMayNameOne() {
        Map<String, String> named = Map.of(
                "jku", "\"https://evil.example\"", "x5u", "\"https://evil.example\"", "x5c", "[\"AA\"]", "jwk", "{}");
        named.forEach((name, value) -> {
            String token = TokenAttacks.rsa(",\"" + name + "\":" + value, TestAuthenticator.claims(""));
            assertFalse(AUTHENTICATOR.access(token).isAnonymous(), name);
        });
    }

    @Test
    void aTokenLastsUntilItExpires() {
        String last = TokenAttacks.rsa("", TestAuthenticator.claims("\"exp\":" + (TestAuthenticator.T + 1), ""));
        assertEquals(
                Instant.ofEpochSecond(TestAuthenticator.T + 1),
                AUTHENTICATOR.access(last).expires());
    }
}
