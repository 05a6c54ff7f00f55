package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One key from the settings. */
final class FixedKeys extends VerificationKeys {

    static final String SETTING = "courant.jwt.key";

    private final TrustedKey key;

    private FixedKeys(TrustedKey key) {
        this.key = key;
    }

    static FixedKeys of(String text, Set<SignatureAlgorithm> listed) {
        return PemPublicKey.isIn(text) ? ofPublic(PemPublicKey.publicKey(text), listed) : ofSecret(text, listed);
    }

    private static FixedKeys ofPublic(Key key, Set<SignatureAlgorithm> listed) {
        if (SignatureAlgorithm.usual(key) == null) {
            throw new IllegalArgumentException(
                    key instanceof RSAPublicKey
                            ? SETTING + " has to be an RSA key of at least 2048 bits"
                            : SETTING + " has to be of RSA, of the curves P-256, P-384 or P-521, or of Ed25519");
        }
        return trusted(key, listed);
    }

    /** Whoever knows a public key could sign with it, were it taken for a secret. */
    private static FixedKeys ofSecret(String text, Set<SignatureAlgorithm> listed) {
        if (text.strip().startsWith("{")) {
            throw new IllegalArgumentException(
                    SETTING + " has to be a secret or a PEM; for a JWK Set, courant.jwt.jwks names its file or URL");
        }
        if (PemPublicKey.isBareKey(text)) {
            throw new IllegalArgumentException(SETTING + " looks like a key that has lost its BEGIN and END lines");
        }
        return ofSecret(text.getBytes(UTF_8), listed);
    }

    static FixedKeys ofSecret(byte[] secret, Set<SignatureAlgorithm> listed) {
        Set<SignatureAlgorithm> used = listed.isEmpty() ? Set.of(SignatureAlgorithm.HS256) : listed;
        int least =
                used.stream().mapToInt(SignatureAlgorithm::secretBytes).max().orElse(0);
        // RFC 7518, section 3.2: a secret shorter than the hash can be guessed with less work than the hash promises.
        if (secret.length < least) {
            throw new IllegalArgumentException(
                    SETTING + " has to be a secret of at least " + least + " bytes for the algorithms it is used with");
        }
        return trusted(new SecretKeySpec(secret, "HMAC"), used);
    }

    private static FixedKeys trusted(Key key, Set<SignatureAlgorithm> listed) {
        TrustedKey trusted = TrustedKey.of(null, key, listed);
        if (!trusted.algorithms().containsAll(listed)) {
            throw new IllegalArgumentException(
                    SignatureAlgorithm.SETTING + " lists an algorithm that does not fit the kind of key in " + SETTING);
        }
        return new FixedKeys(trusted);
    }

    @Override
    List<TrustedKey> fitting(SignatureAlgorithm algorithm, @Nullable String kid) {
        return key.isFor(algorithm, kid) ? List.of(key) : List.of();
    }
}
