package dev.courant.auth;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Reads JWK Sets (RFC 7517). Keys that are of no use here are passed over, as its section 5 says. */
final class JwksReader {

    /** A token without a {@code kid} is tried with each. */
    private static final int MOST_KEYS = 64;

    private static final String SECRET = "oct";

    private JwksReader() {}

    /**
     * The keys of a set that tokens can be verified with; never none.
     *
     * @param secrets whether it may have symmetric keys: what is published must not
     * @param listed the algorithms that the operator allows, or none
     */
    static List<TrustedKey> read(byte[] json, boolean secrets, Set<SignatureAlgorithm> listed)
            throws UnusableJwksException {
        List<TrustedKey> keys = new ArrayList<>();
        for (JsonValue each : members(json)) {
            if (each instanceof JsonObject jwk
                    && isForVerifying(jwk)
                    && (secrets || !SECRET.equals(text(jwk, "kty")))) {
                TrustedKey key = key(jwk, listed);
                if (key != null && !key.algorithms().isEmpty()) {
                    keys.add(key);
                }
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableJwksException("it has no key that can be used");
        }
        return List.copyOf(keys);
    }

    private static JsonArray members(byte[] json) throws UnusableJwksException {
        try {
            if (StrictJson.object(json).get("keys") instanceof JsonArray members && members.size() <= MOST_KEYS) {
                return members;
            }
        } catch (JsonException malformed) {
            // The same answer, without what the parser quotes.
        }
        throw new UnusableJwksException("it is no JWK Set of " + MOST_KEYS + " keys at most");
    }

    /** Sections 4.2 and 4.3. A private key that was published is not one to trust. */
    private static boolean isForVerifying(JsonObject jwk) {
        boolean verifies = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof JsonArray operations
                        && operations.stream().anyMatch(JwksReader::isToVerify));
        return verifies && !jwk.containsKey("d") && (!jwk.containsKey("use") || "sig".equals(text(jwk, "use")));
    }

    private static boolean isToVerify(JsonValue operation) {
        return operation instanceof JsonString word && word.getString().equals("verify");
    }

    private static @Nullable TrustedKey key(JsonObject jwk, Set<SignatureAlgorithm> listed) {
        Key key;
        try {
            key = JsonWebKey.Factory.newJwk(jwk.toString()).getKey();
        } catch (JoseException | RuntimeException malformed) {
            return null;
        }
        TrustedKey trusted = TrustedKey.of(text(jwk, "kid"), key, listed);
        String alg = text(jwk, "alg");
        return alg == null
                ? trusted
                : new TrustedKey(
                        trusted.id(),
                        key,
                        trusted.algorithms().stream()
                                .filter(algorithm -> algorithm.word().equals(alg))
                                .collect(Collectors.toUnmodifiableSet()));
    }

    private static @Nullable String text(JsonObject jwk, String name) {
        return jwk.get(name) instanceof JsonString text ? text.getString() : null;
    }
}
