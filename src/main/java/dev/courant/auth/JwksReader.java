package dev.courant.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The reader of JWK Sets (RFC 7517). It skips unusable keys, as section 5 requires. {@code JsonWebKeySet} of the library
 * is not used, because it logs whole sets, which may contain secrets.
 */
final class JwksReader {

    /** A token without a {@code kid} is checked with each key. */
    private static final int MAX_KEYS = 64;

    private JwksReader() {}

    /**
     * Returns the usable keys of a set, at least one.
     *
     * @param secrets whether the set may have symmetric keys, which a published set must not
     */
    static List<JsonWebKey> read(byte[] json, boolean secrets, SignatureAlgorithms algorithms)
            throws UnusableJwksException {
        List<JsonWebKey> keys = new ArrayList<>();
        for (Object params : readMembers(json)) {
            JsonWebKey key = params instanceof Map<?, ?> map ? parse(map) : null;
            if (key != null
                    && isForVerifying(key)
                    && (secrets || key instanceof PublicJsonWebKey)
                    && algorithms.hasUseFor(key)) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableJwksException("it has no key that can be used");
        }
        return List.copyOf(keys);
    }

    private static List<?> readMembers(byte[] json) throws UnusableJwksException {
        try {
            if (JsonUtil.parseJson(new String(json, UTF_8)).get("keys") instanceof List<?> members
                    && members.size() <= MAX_KEYS) {
                return members;
            }
        } catch (JoseException malformed) {
            // The message quotes the set, so the exception below has none of it.
        }
        throw new UnusableJwksException("it is no JWK Set of " + MAX_KEYS + " keys at most");
    }

    @SuppressWarnings("unchecked") // The names in a JSON object are strings.
    private static @Nullable JsonWebKey parse(Map<?, ?> params) {
        try {
            return JsonWebKey.Factory.newJwk((Map<String, Object>) params);
        } catch (JoseException | RuntimeException malformed) {
            return null;
        }
    }

    /** Checks sections 4.2 and 4.3. A private key that was published is not trusted either. */
    private static boolean isForVerifying(JsonWebKey key) {
        return (key.getUse() == null || key.getUse().equals("sig"))
                && (key.getKeyOps() == null || key.getKeyOps().contains("verify"))
                && !(key instanceof PublicJsonWebKey pair && pair.getPrivateKey() != null);
    }
}
