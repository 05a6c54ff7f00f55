package dev.courant.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.problem.ProblemException;
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

    private static final TestDoor DOOR = TestDoor.strict();

    static Stream<Arguments> tokens() {
        return Attacks.all().entrySet().stream().map(attack -> Arguments.of(attack.getKey(), attack.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void refuses(String what, String token) {
        assertEquals("401 Bearer error=\"invalid_token\"", DOOR.refusal(Exchange.bearing(token)));
    }

    /** The tokens above differ from this in one thing each. */
    @Test
    void acceptsTheOneThatIsRight() {
        assertTrue(DOOR.access(Attacks.rsa("", TestDoor.claims(""))).may(Action.PUBLISH, "a"));
    }

    @Test
    void saysTheSameOfEach() {
        TreeSet<String> details = new TreeSet<>();
        for (String token : Attacks.all().values()) {
            ProblemException refused = assertThrows(ProblemException.class, () -> DOOR.access(token));
            details.add(refused.problem().json() + refused.headers());
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
                DOOR.refusal(Exchange.get().with("Authorization", header)));
    }

    @Test
    void takesTwoHeadersForAMalformedRequest() {
        String good = "Bearer " + Attacks.rsa("", TestDoor.claims(""));
        assertEquals(
                "400 Bearer error=\"invalid_request\"",
                DOOR.refusal(Exchange.get().with("Authorization", good, good)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
    void takesTheSchemeInAnyCase(String scheme) {
        String good = Attacks.rsa("", TestDoor.claims(""));
        assertFalse(
                DOOR.access(Exchange.get().with("Authorization", scheme + good)).isAnonymous());
    }

    @Test
    void aRevokedTokenIsRefusedUnderEachSignatureThatFitsIt() {
        TestDoor door = TestDoor.strict();
        String token = Forge.signed(
                TestDoor.header("ES256", ""),
                TestDoor.claims(""),
                TestDoor.P256.getPrivate(),
                "SHA256withECDSAinP1363Format");
        String other = Forge.otherSignature(
                token,
                ((java.security.interfaces.ECPublicKey) TestDoor.P256.getPublic())
                        .getParams()
                        .getOrder());
        assertFalse(door.access(other).isAnonymous());

        Access access = door.access(token);
        door.revoked.revoke(access.fingerprint(), access.expires());

        assertEquals("401 Bearer error=\"invalid_token\"", door.refusal(Exchange.bearing(token)));
        assertEquals("401 Bearer error=\"invalid_token\"", door.refusal(Exchange.bearing(other)));
    }

    @Test
    void aTokenCannotBringAKeyAlongButMayNameOne() {
        Map<String, String> named = Map.of(
                "jku", "\"https://evil.example\"", "x5u", "\"https://evil.example\"", "x5c", "[\"AA\"]", "jwk", "{}");
        named.forEach((name, value) -> {
            String token = Attacks.rsa(",\"" + name + "\":" + value, TestDoor.claims(""));
            assertFalse(DOOR.access(token).isAnonymous(), name);
        });
    }

    @Test
    void aTokenLastsUntilItExpires() {
        String last = Attacks.rsa("", TestDoor.claims("\"exp\":" + (TestDoor.T + 1), ""));
        assertEquals(Instant.ofEpochSecond(TestDoor.T + 1), DOOR.access(last).expires());
    }
}
