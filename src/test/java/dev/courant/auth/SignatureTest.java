package dev.courant.auth;

import static dev.courant.auth.TestAuthenticator.ED;
import static dev.courant.auth.TestAuthenticator.P256;
import static dev.courant.auth.TestAuthenticator.P384;
import static dev.courant.auth.TestAuthenticator.P521;
import static dev.courant.auth.TestAuthenticator.RSA;
import static dev.courant.auth.TestAuthenticator.SECRET;
import static dev.courant.auth.TestAuthenticator.claims;
import static dev.courant.auth.TestAuthenticator.header;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Valid tokens: each algorithm with each kind of key, in each form of the setting. */
class SignatureTest {

    private static final String ALGORITHM_NAMES =
            "HS256,HS384,HS512,RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA";
    private static final TestAuthenticator ALL_ALGORITHMS =
            new TestAuthenticator(TestAuthenticator.allKeys(ALGORITHM_NAMES), TestDialect.STRICT);

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
        String token = TokenForge.signed(header(alg, ""), claims(""), pair.getPrivate(), signature);

        assertFalse(ALL_ALGORITHMS.access(token).isAnonymous(), "from a set");
        for (String pem : mangled(TokenForge.pem(pair)).values()) {
            assertFalse(
                    new TestAuthenticator(VerificationKeys.of(pem, alg), TestDialect.STRICT)
                            .access(token)
                            .isAnonymous(),
                    pem);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void aKeyNamedByKidVerifies(String alg, KeyPair pair, String signature) {
        String jwks = TestAuthenticator.jwks(TestAuthenticator.jwk("7", pair));
        String token = TokenForge.signed(header(alg, ",\"kid\":\"7\""), claims(""), pair.getPrivate(), signature);

        assertFalse(new TestAuthenticator(TestAuthenticator.keys(jwks, alg), TestDialect.STRICT)
                .access(token)
                .isAnonymous());
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void aSecretVerifies(String alg, String mac) {
        String token =
                TokenForge.hmac(TokenForge.part(header(alg, "")) + '.' + TokenForge.part(claims("")), SECRET, mac);
        VerificationKeys fixed = VerificationKeys.of(new String(SECRET, UTF_8), alg);

        assertFalse(ALL_ALGORITHMS.access(token).isAnonymous());
        assertFalse(
                new TestAuthenticator(fixed, TestDialect.STRICT).access(token).isAnonymous());
    }

    static Stream<Arguments> hashes() {
        return Stream.of(256, 384, 512).map(bits -> Arguments.of("HS" + bits, "HmacSHA" + bits));
    }

    @Test
    void withoutAListAKeyIsUsedAsIsUsual() {
        TestAuthenticator authenticator = TestAuthenticator.strict();
        pairs().filter(pair -> !((String) pair.get()[0]).matches("PS...|RS384|RS512"))
                .forEach(pair -> {
                    String alg = (String) pair.get()[0];
                    KeyPair keys = (KeyPair) pair.get()[1];
                    String token =
                            TokenForge.signed(header(alg, ""), claims(""), keys.getPrivate(), (String) pair.get()[2]);
                    assertFalse(authenticator.access(token).isAnonymous(), alg);
                });
    }

    @Test
    void aListAllowsNothingElse() {
        TestAuthenticator authenticator = new TestAuthenticator(TestAuthenticator.allKeys("ES256"), TestDialect.STRICT);
        assertTrue(authenticator
                .refusal(AuthExchange.bearing(TokenAttacks.rsa("", claims(""))))
                .startsWith("401"));
    }

    /** Verifies that a single key without an id is used for any {@code kid}. */
    @Test
    void aKeyWithoutANameIsTriedWhateverTheKid() {
        TestAuthenticator authenticator =
                new TestAuthenticator(VerificationKeys.of(TokenForge.pem(RSA), ""), TestDialect.STRICT);
        assertFalse(authenticator
                .access(TokenAttacks.rsa(",\"kid\":\"any\"", claims("")))
                .isAnonymous());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void acceptsWhatTheStandardsLeaveOpen(String header, String claims) {
        String token = TokenForge.signed(header, claims, RSA.getPrivate(), "SHA256withRSA");
        assertTrue(TestAuthenticator.strict().access(token).hasGrant(TopicAction.PUBLISH, "a"));
    }

    static Stream<Arguments> variants() {
        String aud = '"' + TestAuthenticator.AUDIENCE + '"';
        String good = header("RS256", "");
        return Stream.of(
                Arguments.of(good.replace("at+jwt", "AT+JWT"), claims("")),
                Arguments.of(good.replace("at+jwt", "application/at+jwt"), claims("")),
                Arguments.of(good, claims("").replace(aud, "[\"https://other.example\"," + aud + ']')),
                Arguments.of(good, claims(",\"nbf\":" + (TestAuthenticator.T + 60))),
                Arguments.of(good, claims(",\"iat\":" + (TestAuthenticator.T + 60))),
                Arguments.of(good, claims("\"exp\":" + (TestAuthenticator.T + 9) + ".5", "")),
                Arguments.of(good, claims("\"exp\":253402300799", "")),
                Arguments.of(good, ' ' + claims(",\"x\":{\"y\":[null,true,1.5,\"\\u00e9\"]}") + '\n'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"x\":NaN",
                ",\"x\":01",
                ",\"x\":1.",
                ",\"x\":+1",
                ",,\"x\":1",
                ",\"x\":1,",
                ",\"x\":[1,]",
                ",\"x\":[1 2]",
                ",\"x\":'1'",
                ",x:1"
            })
    void refusesSignedJsonThatOtherParsersReadDifferently(String more) {
        assertEquals(
                "401 Bearer error=\"invalid_token\"",
                TestAuthenticator.strict().refusal(AuthExchange.bearing(TokenAttacks.rsa("", claims(more)))));
    }

    @Test
    void aPayloadKeepsTheFormOfItsNumbers() {
        String payload = "{\"price\":1.50,\"large\":123456789012345678901234567890,\"tiny\":1E-7}";
        String token = TokenAttacks.rsa("", claims(",\"payload\":" + payload));
        assertEquals(payload, TestAuthenticator.strict().access(token).findPayload("any"));
    }

    @Test
    void aLaxDialectNeedsNoMoreThanASignature() {
        TestAuthenticator authenticator = new TestAuthenticator(TestAuthenticator.allKeys(""), TestDialect.LAX);
        for (String more : new String[] {"", ",\"iss\":null,\"aud\":null", ",\"sub\":7,\"jti\":7"}) {
            String token = TokenForge.hmac("{\"alg\":\"HS256\"}", "{\"publish\":[\"a\"]" + more + '}', SECRET);
            assertTrue(authenticator.access(token).hasGrant(TopicAction.PUBLISH, "a"), more);
        }
    }

    @Test
    void aLaxDialectChecksTheClaimsOfAToken() {
        TestAuthenticator authenticator = new TestAuthenticator(TestAuthenticator.allKeys(""), TestDialect.LAX);
        for (String claim :
                new String[] {"\"exp\":1", "\"iss\":\"x\"", "\"aud\":\"x\"", "\"nbf\":" + TestAuthenticator.T * 2}) {
            String token = TokenForge.hmac("{\"alg\":\"HS256\"}", '{' + claim + '}', SECRET);
            assertEquals(
                    "401 Bearer error=\"invalid_token\"", authenticator.refusal(AuthExchange.bearing(token)), claim);
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
