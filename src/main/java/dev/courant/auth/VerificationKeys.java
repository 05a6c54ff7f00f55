package dev.courant.auth;

import static dev.courant.settings.SettingCatalogue.JWT_JWKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/** The keys that verify tokens. A token selects among them, and cannot bring its own. Thread-safe. */
public class VerificationKeys implements AutoCloseable {

    final SignatureAlgorithms algorithms;
    private final Map<String, List<JsonWebKey>> keys;

    /** @param keys the keys, or empty if a subclass has them */
    VerificationKeys(SignatureAlgorithms algorithms, List<JsonWebKey> keys) {
        this.algorithms = algorithms;
        this.keys = algorithms.group(keys);
    }

    /**
     * Returns one fixed key.
     *
     * @param key {@code courant.jwt.key}: an HMAC secret, or the PEM of a public key or certificate
     * @param algorithms {@code courant.jwt.algorithm}: empty for the usual algorithm of the key
     * @throws IllegalArgumentException if a setting is invalid. The message begins with its name, and omits the key
     */
    public static VerificationKeys of(String key, String algorithms) {
        SignatureAlgorithms accepted = SignatureAlgorithms.parse(algorithms);
        return new VerificationKeys(accepted, List.of(ConfiguredKey.parse(key, accepted)));
    }

    /**
     * Returns the keys of a JWK Set (RFC 7517), which a thread of its own reads again every few minutes. If that fails,
     * the last keys stay in use.
     *
     * @param location {@code courant.jwt.jwks}: a URL, or a file, which may also contain secrets
     * @param algorithms {@code courant.jwt.algorithm}: empty for the usual algorithms of the keys
     * @throws IllegalArgumentException if a setting is invalid. The message begins with its name
     */
    public static VerificationKeys jwks(String location, String algorithms, ThreadFactory threads) {
        SignatureAlgorithms accepted = SignatureAlgorithms.parse(algorithms);
        JwksSource source = JwksSource.of(location);
        if (source.isLocal()) {
            checkFile(source, accepted);
        }
        return PublishedKeySet.scheduled(source, accepted, threads);
    }

    /** Refuses to start with an unusable file. If a file becomes unusable later, its last keys stay in use. */
    private static void checkFile(JwksSource file, SignatureAlgorithms algorithms) {
        String reason;
        try {
            JwksReader.read(file.read(), true, algorithms);
            return;
        } catch (UnusableJwksException unusable) {
            reason = String.valueOf(unusable.getMessage());
        } catch (NoSuchFileException missing) {
            reason = "it does not exist. Name an existing file, or a URL";
        } catch (AccessDeniedException denied) {
            reason = "it is not readable. Change its permissions";
        } catch (IOException | RuntimeException unreadable) {
            // The message may quote the file.
            reason = unreadable.getClass().getSimpleName();
        }
        throw new IllegalArgumentException(
                JWT_JWKS + " names the file " + file.name() + ", which cannot be used: " + reason);
    }

    /**
     * Returns the keys that may have signed a token with this header. A key without an id fits any {@code kid}.
     *
     * @throws KeysMissingException if the answer is unknown until a key set is read
     */
    List<JsonWebKey> find(String algorithm, @Nullable String kid) {
        return select(keys, algorithm, kid);
    }

    static List<JsonWebKey> select(Map<String, List<JsonWebKey>> keys, String algorithm, @Nullable String kid) {
        return keys.getOrDefault(algorithm, List.of()).stream()
                .filter(key -> kid == null || key.getKeyId() == null || kid.equals(key.getKeyId()))
                .toList();
    }

    /** Returns the key that verifies the signature of the token. */
    final Key findSigner(JsonWebSignature token) throws UnresolvableKeyException {
        for (JsonWebKey key : find(token.getAlgorithmHeaderValue(), token.getKeyIdHeaderValue())) {
            token.setKey(key.getKey());
            if (isVerified(token)) {
                return key.getKey();
            }
        }
        throw new UnresolvableKeyException("no trusted key has signed the token");
    }

    private static boolean isVerified(JsonWebSignature token) {
        try {
            return token.verifySignature();
        } catch (JoseException malformed) {
            return false;
        }
    }

    /** Stops reading the key set again. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
