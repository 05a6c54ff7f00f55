package dev.courant.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** A random secret, used if the operator configures no key. Only this process has it, until it ends. */
public final class RandomKey {

    private final String secret;

    public RandomKey(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        secret = HexFormat.of().formatHex(bytes);
    }

    /** Returns the keys that verify the tokens of this key. */
    public VerificationKeys keys() {
        return VerificationKeys.of(secret, AlgorithmIdentifiers.HMAC_SHA256);
    }

    /** Returns a new token with the claims of the protocol and all that RFC 9068, section 2.2, requires. */
    public String token(
            String issuer, String audience, String subject, Instant now, Duration lifetime, JsonObject grants) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        token.setHeader("typ", "at+jwt");
        token.setPayload(Json.createObjectBuilder(grants)
                .add("iss", issuer)
                .add("aud", audience)
                .add("sub", subject)
                .add("client_id", issuer)
                .add("iat", now.getEpochSecond())
                .add("exp", now.plus(lifetime).getEpochSecond())
                .add("jti", "urn:uuid:" + UUID.randomUUID())
                .build()
                .toString());
        token.setKey(new HmacKey(secret.getBytes(US_ASCII)));
        try {
            return token.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException("Every JDK supports HMAC with SHA-256.", impossible);
        }
    }
}
