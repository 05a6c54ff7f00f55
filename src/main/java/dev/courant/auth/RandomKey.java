package dev.courant.auth;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** A key for where none is configured: nobody but this process has it, and it ends with it. */
public final class RandomKey {

    private static final int BYTES = 32;

    private final byte[] secret = new byte[BYTES];

    /** Makes one. */
    public RandomKey(SecureRandom random) {
        random.nextBytes(secret);
    }

    /** To verify its tokens with. */
    public VerificationKeys keys() {
        return FixedKeys.ofSecret(secret.clone(), Set.of(SignatureAlgorithm.HS256));
    }

    /**
     * Issues a token with all the claims that RFC 9068, section 2.2, requires.
     *
     * @param subject the {@code sub}
     * @param lifetime in whole seconds
     * @param rights what the dialect adds to the claims
     */
    public String token(
            String issuer, String audience, String subject, Instant now, Duration lifetime, JsonObject rights) {
        JsonObject claims = Json.createObjectBuilder(rights)
                .add("iss", issuer)
                .add("aud", audience)
                .add("sub", subject)
                .add("client_id", issuer)
                .add("iat", now.getEpochSecond())
                .add("exp", now.plus(lifetime).getEpochSecond())
                .add("jti", "urn:uuid:" + UUID.randomUUID())
                .build();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(SignatureAlgorithm.HS256.word());
        signature.setHeader("typ", "at+jwt");
        signature.setPayload(claims.toString());
        signature.setKey(new SecretKeySpec(secret, "HMAC"));
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "RandomKey";
    }
}
