package dev.courant.auth;

import java.security.Key;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The keys that verify tokens. A token selects among them, and cannot bring its own. Thread-safe. */
public class VerificationKeys implements AutoCloseable {

    final SignatureAlgorithms algorithms;

    /** The keys that fit an accepted algorithm. They are empty until a key set has been read. */
    volatile List<JsonWebKey> all = List.of();

    VerificationKeys(SignatureAlgorithms algorithms) {
        this.algorithms = algorithms;
    }

    /**
     * Returns the one key of {@code courant.jwt.key}.
     *
     * @param algorithms {@code courant.jwt.algorithm}: empty for the usual algorithm of the key
     * @throws IllegalArgumentException if a setting is invalid. The message begins with its name, and omits the key
     */
    public static VerificationKeys of(String key, String algorithms) {
        VerificationKeys keys = new VerificationKeys(SignatureAlgorithms.parse(algorithms));
        keys.all = List.of(ConfiguredKey.parse(key, keys.algorithms));
        return keys;
    }

    /**
     * Returns the keys at {@code courant.jwt.jwks}, which a thread of its own reads again every few minutes. If that
     * fails, the last keys stay in use.
     *
     * @throws IllegalArgumentException as above
     */
    public static VerificationKeys jwks(String location, String algorithms, ThreadFactory threads) {
        return new PublishedKeySet(
                        JwksSource.of(location), SignatureAlgorithms.parse(algorithms), threads, System::nanoTime)
                .start();
    }

    /** Returns the keys that may have signed a token with this header. A key without an id fits any {@code kid}. */
    List<JsonWebKey> find(String algorithm, @Nullable String kid) {
        return all.stream()
                .filter(key -> kid == null || key.getKeyId() == null || kid.equals(key.getKeyId()))
                .filter(key -> algorithms.accepted().stream()
                        .anyMatch(name -> name.equals(algorithm) && SignatureAlgorithms.fits(name, key)))
                .toList();
    }

    /** @throws TokenVerifier.InvalidTokenException if none of these keys has signed the token */
    final Key findSigner(JsonWebSignature token) {
        for (JsonWebKey key : find(token.getAlgorithmHeaderValue(), token.getKeyIdHeaderValue())) {
            token.setKey(key.getKey());
            try {
                if (token.verifySignature()) {
                    return key.getKey();
                }
            } catch (JoseException | RuntimeException malformed) {
                // Another key may have signed it.
            }
        }
        throw new TokenVerifier.InvalidTokenException("no trusted key has signed it");
    }

    /** Stops reading the key set again. */
    @Override
    public void close() {}
}
