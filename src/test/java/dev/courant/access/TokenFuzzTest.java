package dev.courant.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Base64;

/** Nothing that is no token is taken for one, and what is signed is read or refused, whatever it says. */
class TokenFuzzTest {

    private static final Keys KEYS = FixedKeys.ofSecret(TestDoor.SECRET, java.util.Set.of(Algorithm.HS256));
    private static final TokenVerifier VERIFIER =
            new TokenVerifier(KEYS, Dialect.STRICT, TestDoor.ISSUER, TestDoor.AUDIENCE, TestDoor.CLOCK);

    @FuzzTest(maxDuration = "3m")
    void unsigned(byte[] text) {
        assertThrows(InvalidTokenException.class, () -> VERIFIER.verify(new String(text, UTF_8)));
    }

    @FuzzTest(maxDuration = "3m")
    void headers(byte[] header) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims = base64.encodeToString(Attacks.GOOD.getBytes(UTF_8));
        assertThrows(
                InvalidTokenException.class,
                () -> VERIFIER.verify(base64.encodeToString(header) + '.' + claims + '.' + claims));
    }

    @FuzzTest(maxDuration = "3m")
    void claims(byte[] octets) {
        String token = Forge.hmac(TestDoor.header("HS256", ""), new String(octets, UTF_8), TestDoor.SECRET);
        try {
            Verified verified = VERIFIER.verify(token);
            Dialect.STRICT.grants(verified.claims());
        } catch (InvalidTokenException | IllegalArgumentException | ClassCastException refused) {
            // All that the authenticator takes for a token that is not valid.
        }
    }
}
