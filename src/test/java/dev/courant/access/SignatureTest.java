package dev.courant.access;

import static dev.courant.access.TestDoor.ED;
import static dev.courant.access.TestDoor.P256;
import static dev.courant.access.TestDoor.P384;
import static dev.courant.access.TestDoor.P521;
import static dev.courant.access.TestDoor.RSA;
import static dev.courant.access.TestDoor.SECRET;
import static dev.courant.access.TestDoor.claims;
import static dev.courant.access.TestDoor.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is right is accepted: each algorithm with each kind of key that it takes, however the key is given. */
class SignatureTest {

    private static final String EVERY = "HS256,HS384,HS512,RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA";
    private static final TestDoor EVERY_DOOR = new TestDoor(TestDoor.allKeys(EVERY), Dialect.STRICT);

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of("RS256", RSA, "SHA256withRSA"),
                Arguments.of("RS384", RSA, "SHA384withRSA"),
                Arguments.of("RS512", RSA, "SHA512withRSA"),
                Arguments.of("PS256", RSA, "PSS256"),
                Arguments.of("PS384", RSA, "PSS384"),
                Arguments.of("PS512", RSA, "PSS512"),
                Arguments.of("ES256", P256, "SHA256withECDSAinP1363Format"),
                Arguments.of("ES384", P384, "SHA384withECDSAinP1363Format"),
                Arguments.of("ES512", P521, "SHA512withECDSAinP1363Format"),
                Arguments.of("EdDSA", ED, "Ed25519"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void aPublicKeyVerifies(String alg, KeyPair pair, String signature) {
        String token = Forge.signed(header(alg, ""), claims(""), pair.getPrivate(), signature);

        assertFalse(EVERY_DOOR.access(token).isAnonymous(), "from a set");
        for (String pem : mangled(Forge.pem(pair)).values()) {
            assertFalse(
                    new TestDoor(Keys.of(pem, alg), Dialect.STRICT)
                            .access(token)
                            .isAnonymous(),
                    pem);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void aKeyNamedByKidVerifies(String alg, KeyPair pair, String signature) {
        String jwks = TestDoor.jwks(TestDoor.jwk("7", pair));
        String token = Forge.signed(header(alg, ",\"kid\":\"7\""), claims(""), pair.getPrivate(), signature);

        assertFalse(new TestDoor(TestDoor.keys(jwks, alg), Dialect.STRICT)
                .access(token)
                .isAnonymous());
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void aSecretVerifies(String alg, String mac) {
        String token = Forge.hmac(Forge.part(header(alg, "")) + '.' + Forge.part(claims("")), SECRET, mac);
        Keys fixed = Keys.of(new String(SECRET, UTF_8), alg);

        assertFalse(EVERY_DOOR.access(token).isAnonymous());
        assertFalse(new TestDoor(fixed, Dialect.STRICT).access(token).isAnonymous());
    }

    static Stream<Arguments> hashes() {
        return Stream.of(256, 384, 512).map(bits -> Arguments.of("HS" + bits, "HmacSHA" + bits));
    }

    @Test
    void withoutAListAKeyIsUsedAsIsUsual() {
        TestDoor door = TestDoor.strict();
        pairs().filter(pair -> !((String) pair.get()[0]).matches("PS...|RS384|RS512"))
                .forEach(pair -> {
                    String alg = (String) pair.get()[0];
                    KeyPair keys = (KeyPair) pair.get()[1];
                    String token = Forge.signed(header(alg, ""), claims(""), keys.getPrivate(), (String) pair.get()[2]);
                    assertFalse(door.access(token).isAnonymous(), alg);
                });
    }

    @Test
    void aListAllowsNothingElse() {
        TestDoor door = new TestDoor(TestDoor.allKeys("ES256"), Dialect.STRICT);
        assertTrue(door.refusal(Exchange.bearing(Attacks.rsa("", claims("")))).startsWith("401"));
    }

    /** A server with one key is not concerned with what its issuer calls it. */
    @Test
    void aKeyWithoutANameIsTriedWhateverTheKid() {
        TestDoor door = new TestDoor(Keys.of(Forge.pem(RSA), ""), Dialect.STRICT);
        assertFalse(door.access(Attacks.rsa(",\"kid\":\"any\"", claims(""))).isAnonymous());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void acceptsWhatTheStandardsLeaveOpen(String header, String claims) {
        String token = Forge.signed(header, claims, RSA.getPrivate(), "SHA256withRSA");
        assertTrue(TestDoor.strict().access(token).may(Action.PUBLISH, "a"));
    }

    static Stream<Arguments> variants() {
        String aud = '"' + TestDoor.AUDIENCE + '"';
        String good = header("RS256", "");
        return Stream.of(
                Arguments.of(good.replace("at+jwt", "AT+JWT"), claims("")),
                Arguments.of(good.replace("at+jwt", "application/at+jwt"), claims("")),
                Arguments.of(good, claims("").replace(aud, "[\"https://other.example\"," + aud + ']')),
                Arguments.of(good, claims(",\"nbf\":" + (TestDoor.T + 60))),
                Arguments.of(good, claims(",\"iat\":" + (TestDoor.T + 60))),
                Arguments.of(good, claims("\"exp\":" + (TestDoor.T + 9) + ".5", "")),
                Arguments.of(good, claims("\"exp\":253402300799", "")),
                Arguments.of(good, ' ' + claims(",\"x\":{\"y\":[null,true,1.5,\"\\u00e9\"]}") + '\n'));
    }

    @Test
    void aLaxDialectNeedsNoMoreThanASignature() {
        TestDoor door = new TestDoor(TestDoor.allKeys(""), Dialect.LAX);
        String token = Forge.hmac("{\"alg\":\"HS256\"}", "{\"publish\":[\"a\"]}", SECRET);

        assertTrue(door.access(token).may(Action.PUBLISH, "a"));
    }

    @Test
    void aLaxDialectHoldsATokenToWhatItSays() {
        TestDoor door = new TestDoor(TestDoor.allKeys(""), Dialect.LAX);
        for (String said : new String[] {"\"exp\":1", "\"iss\":\"x\"", "\"aud\":\"x\"", "\"nbf\":" + TestDoor.T * 2}) {
            String token = Forge.hmac("{\"alg\":\"HS256\"}", '{' + said + '}', SECRET);
            assertEquals("401 Bearer error=\"invalid_token\"", door.refusal(Exchange.bearing(token)), said);
        }
    }

    static Map<String, String> mangled(String pem) {
        return Map.of(
                "as it is", pem,
                "written out", pem.replace("\n", "\\n"),
                "spaces", pem.replace('\n', ' '),
                "one line", pem.replace("\n", ""),
                "Windows", pem.replace("\n", "\r\n"),
                "a note above", "Subject: x\n" + pem);
    }
}
