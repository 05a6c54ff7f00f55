package dev.courant.auth;

import static dev.courant.auth.TestAuthenticator.AUDIENCE;
import static dev.courant.auth.TestAuthenticator.ISSUER;
import static dev.courant.auth.TestAuthenticator.T;
import static dev.courant.auth.TestAuthenticator.claims;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reasons for refused tokens that the log contains. */
class RefusalReasonTest {

    private static final Map<String, String> ATTACKS = TokenAttacks.all();
    private static final TokenVerifier VERIFIER = new TokenVerifier(
            TestAuthenticator.allKeys(""),
            TestDialect.STRICT,
            ISSUER,
            AUDIENCE,
            new RevokedTokens(1, TestAuthenticator.CLOCK),
            TestAuthenticator.CLOCK);

    @ParameterizedTest
    @MethodSource("attacks")
    void namesWhatIsWrong(String attack, String reason) {
        assertReason(ATTACKS.get(attack), reason);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of("no alg", "no trusted key has signed it"),
                Arguments.of("alg a number", "its header is malformed"),
                Arguments.of("another RSA key", "no trusted key has signed it"),
                Arguments.of("HS512, not listed", "no trusted key has signed it"),
                Arguments.of("crit of nothing", "its header has extensions"),
                Arguments.of("no typ", "its typ is not at+jwt"),
                Arguments.of("typ \"JWT\"", "its typ is not at+jwt"),
                Arguments.of("expiry: ", "it has no exp"),
                Arguments.of("expiry: \"exp\":" + T, "it is expired"),
                Arguments.of("expiry: \"exp\":null", "its exp is not a time"),
                Arguments.of("nbf " + (T + 61), "its nbf is in the future"),
                Arguments.of("iat " + (T + 61), "its iat is in the future"),
                Arguments.of("issuer: \"x\":1", "it has no iss"),
                Arguments.of("issuer: \"iss\":\"\"", "its iss is another"),
                Arguments.of("issuer: \"iss\":7", "its iss or aud is not a string"),
                Arguments.of("audience: \"x\":1", "it has no aud"),
                Arguments.of("audience: \"aud\":\"https://other.example\"", "its aud is another"),
                Arguments.of("audience: \"aud\":7", "its iss or aud is not a string"),
                Arguments.of("grants of another type", "its grants are malformed"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void namesTimesThatContradictEachOther(String claims) {
        assertReason(TokenAttacks.rsa("", claims), "its typ is malformed, or its exp is before its nbf or iat");
    }

    static Stream<String> contradictions() {
        return Stream.of("iat", "nbf").map(name -> claims("\"exp\":" + (T + 30), ",\"" + name + "\":" + (T + 50)));
    }

    private static void assertReason(String token, String reason) {
        TokenVerifier.InvalidTokenException refused =
                assertThrows(TokenVerifier.InvalidTokenException.class, () -> VERIFIER.verify(token));
        assertEquals(reason, refused.getMessage());
    }
}
