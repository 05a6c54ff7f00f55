package dev.courant.auth;

import static dev.courant.auth.TestAuthenticator.P256;
import static dev.courant.auth.TestAuthenticator.RSA;
import static dev.courant.auth.TestAuthenticator.jwk;
import static dev.courant.auth.TestAuthenticator.jwks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksTest {

    private static final String GOOD = jwk("good", P256);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"unknown\",\"kid\":\"x\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":7,\"e\":[]}",
                "{\"kty\":1}",
                "{}",
                "7"
            })
    void skipsUnusableKeys(String useless) throws JwksSource.UnusableException {
        assertEquals(List.of("good"), ids(jwks(useless, GOOD)));
    }

    @Test
    void skipsKeysForOtherPurposes() throws JwksSource.UnusableException {
        for (String more : new String[] {
            "\"use\":\"enc\"",
            "\"use\":7",
            "\"key_ops\":[\"sign\"]",
            "\"key_ops\":\"verify\"",
            "\"alg\":\"RS512\"",
            "\"d\":\"AA\""
        }) {
            String other = jwk("other", RSA).replaceFirst("\\{", "{" + more + ',');
            assertEquals(List.of("good"), ids(jwks(other, GOOD)), more);
        }
        for (String more : new String[] {"\"use\":\"sig\"", "\"key_ops\":[\"sign\",\"verify\"]", "\"alg\":\"RS256\""}) {
            String same = jwk("same", RSA).replaceFirst("\\{", "{" + more + ',');
            assertEquals(List.of("same", "good"), ids(jwks(same, GOOD)), more);
        }
    }

    @Test
    void aKeyIsUsedWithTheAlgorithmThatItNames() throws JwksSource.UnusableException {
        String named = jwk("1", RSA).replaceFirst("\\{", "{\"alg\":\"PS384\",");
        SignatureAlgorithms all = SignatureAlgorithms.parse("RS256,RS384,RS512,PS256,PS384,PS512");
        VerificationKeys keys = new VerificationKeys(all);
        keys.all = JwksSource.parse(jwks(named).getBytes(UTF_8), false, all);
        assertEquals(
                List.of("PS384"),
                all.accepted().stream()
                        .filter(name -> !keys.find(name, null).isEmpty())
                        .toList());
    }

    @Test
    void acceptsSecretsOnlyFromAFile() throws JwksSource.UnusableException {
        String jwks = jwks(TestAuthenticator.secretJwk(), GOOD);
        assertEquals(List.of("good"), ids(jwks));
        assertEquals(
                2,
                JwksSource.parse(jwks.getBytes(UTF_8), true, SignatureAlgorithms.parse(""))
                        .size());
    }

    @Test
    void aSetOfTooManyKeysIsRefused() throws JwksSource.UnusableException {
        assertEquals(
                64,
                ids(jwks(Collections.nCopies(64, GOOD).toArray(String[]::new))).size());
        String tooMany = jwks(Collections.nCopies(65, GOOD).toArray(String[]::new));
        assertThrows(JwksSource.UnusableException.class, () -> ids(tooMany));
    }

    private static List<String> ids(String jwks) throws JwksSource.UnusableException {
        return JwksSource.parse(jwks.getBytes(UTF_8), false, SignatureAlgorithms.parse("")).stream()
                .map(JsonWebKey::getKeyId)
                .toList();
    }
}
