package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Base64;

/** Random input is not accepted as a token, and signed claims are read or refused without other exceptions. */
class TokenFuzzTest {

    private static final VerificationKeys KEYS =
            VerificationKeys.of(new String(TestAuthenticator.SECRET, UTF_8), "HS256");
    private static final TokenVerifier VERIFIER = new TokenVerifier(
            KEYS,
            TestDialect.STRICT,
            TestAuthenticator.ISSUER,
            TestAuthenticator.AUDIENCE,
            new RevokedTokens(1, TestAuthenticator.CLOCK),
            TestAuthenticator.CLOCK);

    @FuzzTest(maxDuration = "3m")
    void unsigned(byte[] text) {
        assertThrows(TokenVerifier.InvalidTokenException.class, () -> VERIFIER.verify(new String(text, UTF_8)));
    }

    @FuzzTest(maxDuration = "3m")
    void headers(byte[] header) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims = base64.encodeToString(TokenAttacks.GOOD.getBytes(UTF_8));
        assertThrows(
                TokenVerifier.InvalidTokenException.class,
                () -> VERIFIER.verify(base64.encodeToString(header) + '.' + claims + '.' + claims));
    }

    @FuzzTest(maxDuration = "3m")
    void claims(byte[] octets) {
        String token = TokenForge.hmac(
                TestAuthenticator.header("HS256", ""), new String(octets, UTF_8), TestAuthenticator.SECRET);
        try {
            VERIFIER.verify(token);
        } catch (TokenVerifier.InvalidTokenException refused) {
            // Any other exception fails the test.
        }
    }
}
