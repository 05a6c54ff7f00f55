package dev.courant.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeysTest {

    private static final String SPKI = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAED5F7sxoP9CopqXX4VBo2njEnSUyh"
            + "XTI1RjaMMAICb597+5/+1utlETH4jSiL2ojS9iCuNn6vLwFYfeNQSLvxEg==";
    private static final String CERTIFICATE = "MIIBczCCARmgAwIBAgIUS3E5fbDlrqbooDz/o8gwMDWYOuIwCgYIKoZIzj0EAwIw"
            + "DzENMAsGA1UEAwwEdGVzdDAeFw0yNjExMjUwMjQ1NDFaFw0yNjEyMjUwMjQ1NDFaMA8xDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIB"
            + "BggqhkjOPQMBBwNCAAQPkXuzGg/0KimpdfhUGjaeMSdJTKFdMjVGNowwAgJvn3v7n/7W62URMfiNKIvaiNL2IK42fq8vAVh941BIu/ES"
            + "o1MwUTAdBgNVHQ4EFgQUf5mo6bvnenZXqZMVzvVrB/i6D9YwHwYDVR0jBBgwFoAUf5mo6bvnenZXqZMVzvVrB/i6D9YwDwYDVR0TAQH/"
            + "BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBjJ9VteAPoIs/7n90/W1hqeBd/ks3STHK85ZY+m5yGLwIhANiyywBvDXF9rl+guck8a4O4"
            + "yTFrsMvUYf4HcmzxaTDt";
    private static final String SECP256K1 = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEzYU9ooXQV7klIme62vdEOEEgEgyd2VH6"
            + "lhYLtF6OmFMrq6X4OAaHTUdEa6O9MHWzXfF6eT3jax1J6Jo5KKKaKg==";

    @Test
    void aCertificateIsAsGoodAsItsKey() {
        assertEquals(
                ConfiguredKey.parse(pem("PUBLIC KEY", SPKI), SignatureAlgorithms.parse(""))
                        .getKey(),
                ConfiguredKey.parse(pem("CERTIFICATE", CERTIFICATE), SignatureAlgorithms.parse(""))
                        .getKey());
    }

    static Stream<Arguments> useless() {
        KeyPair ec = TokenForge.ec("secp256r1");
        String good = TokenForge.pem(ec);
        String secret = TokenForge.pem("PRIVATE KEY", ec.getPrivate().getEncoded());
        return Stream.of(
                Arguments.of(secret, "private key"),
                Arguments.of(secret.replace("PRIVATE", "EC PRIVATE"), "private key"),
                Arguments.of(secret.replace("\n", "\\n"), "private key"),
                Arguments.of(good + secret, "private key"),
                Arguments.of(good + good, "not several"),
                Arguments.of(good.substring(0, 60), "whole PEM"),
                Arguments.of(good.replace("END PUBLIC", "END OTHER"), "whole PEM"),
                Arguments.of(good.replace("PUBLIC KEY", "RSA PUBLIC KEY"), "BEGIN PUBLIC KEY"),
                Arguments.of(TokenForge.pem("PUBLIC KEY", new byte[40]), "no RSA, EC or Ed25519"),
                Arguments.of(TokenForge.pem("CERTIFICATE", new byte[40]), "no RSA, EC or Ed25519"),
                Arguments.of(good.replaceAll("\nM[^-]*", "\n!\n"), "no RSA, EC or Ed25519"),
                Arguments.of(TokenForge.pem(TokenForge.rsa(1024)), "2048 bits"),
                Arguments.of(pem("PUBLIC KEY", SECP256K1), "P-256"),
                Arguments.of(TokenForge.pem(TokenForge.ed("Ed448")), "Ed25519"),
                Arguments.of(TokenForge.pem(TokenForge.ed("X25519")), "Ed25519"),
                Arguments.of(SPKI, "BEGIN and END"),
                Arguments.of(CERTIFICATE, "BEGIN and END"),
                Arguments.of(
                        Base64.getEncoder()
                                .encodeToString(
                                        TestAuthenticator.RSA.getPublic().getEncoded()),
                        "BEGIN and END"),
                Arguments.of(TestAuthenticator.jwks(TestAuthenticator.secretJwk()), "courant.jwt.jwks"),
                Arguments.of("", "32 bytes"),
                Arguments.of("x".repeat(31), "32 bytes"));
    }

    @ParameterizedTest
    @MethodSource("useless")
    void refusesAKeyThatCannotBeReliedOn(String key, String reason) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of(key, ""));

        assertTrue(refused.getMessage().startsWith("courant.jwt.key "), refused.getMessage());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        assertFalse(!key.isEmpty() && refused.getMessage().contains(key));
    }

    @ParameterizedTest
    @CsvSource({"HS256, 31, 32", "HS384, 47, 48", "HS512, 63, 64", "'HS256,HS512', 40, 64"})
    void aSecretIsAsLongAsTheHash(String algorithms, int tooShort, int enough) {
        assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of("x".repeat(tooShort), algorithms));
        assertDoesNotThrow(() -> VerificationKeys.of("x".repeat(enough), algorithms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256,none", "hs256", "RSA", "ES256K", "HS256;HS384", "Ed25519", "A128KW"})
    void refusesAnAlgorithmThatThereIsNot(String algorithms) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of("x".repeat(64), algorithms));
        assertTrue(refused.getMessage().startsWith("courant.jwt.algorithm "), refused.getMessage());
    }

    @Test
    void refusesAnAlgorithmThatDoesNotFitTheKey() {
        String pem = TokenForge.pem(TestAuthenticator.P256);
        for (String other : new String[] {"HS256", "RS256", "ES384", "EdDSA", "ES256,HS256"}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of(pem, other), other);
            assertTrue(refused.getMessage().startsWith("courant.jwt.algorithm "), refused.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> VerificationKeys.of("x".repeat(64), "RS256"));
    }

    @Test
    void anIssuerAndAnAudienceHaveToBeSetWhereTheyAreRequired() {
        VerificationKeys keys = VerificationKeys.of("x".repeat(32), "");
        for (String[] set : new String[][] {{null, "a"}, {"i", null}}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TokenVerifier(
                            keys,
                            TestDialect.STRICT,
                            set[0],
                            set[1],
                            new RevokedTokens(1, TestAuthenticator.CLOCK),
                            TestAuthenticator.CLOCK));
        }
    }

    private static String pem(String label, String base64) {
        return TokenForge.pem(label, Base64.getDecoder().decode(base64));
    }
}
