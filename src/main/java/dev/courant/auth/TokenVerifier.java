package dev.courant.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.AudValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.IssValidator;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.TypeValidator;
import org.jose4j.lang.HashUtil;
import org.jspecify.annotations.Nullable;

/**
 * The verification of JWT access tokens (Mercure, "Token Validation"; RFC 9068, section 4; RFC 8725). The library
 * verifies the signature, the type, the issuer and the audience. This class adds what the library lacks: a strict form,
 * limits, and a skew for {@code nbf} that does not extend {@code exp}. Thread-safe.
 */
public final class TokenVerifier {

    /** The maximum length in characters. Most servers limit headers and cookies to less. */
    private static final int MAX_LENGTH = 16 << 10;

    private static final int MAX_NESTING = 20;

    /** The time by which the clock of the issuer may be ahead. It does not extend the lifetime of a token. */
    private static final long MAX_SKEW_SECONDS = 60;

    /** The last second of the year 9999. Later times are mistakes, such as milliseconds. */
    private static final long MAX_TIME = 253_402_300_799L;

    /** Base64url without padding, whose unused bits are zero (RFC 4648, section 3.5). The library accepts any. */
    private static final String BASE64URL = "(?=[\\w-])(?:[\\w-]{4})*+(?:[\\w-][AQgw]|[\\w-]{2}[AEIMQUYcgkosw048])?";

    /** A JWS in compact serialization (RFC 7515, section 7.1). */
    private static final Pattern COMPACT_JWS = Pattern.compile(BASE64URL + "\\." + BASE64URL + "\\." + BASE64URL);

    /** Is static because {@link Json} looks up the implementation on each call. */
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private static final Map<Integer, String> REASONS = Map.of(
            ErrorCodes.TYPE_MISSING, "its typ is not at+jwt",
            ErrorCodes.TYPE_INVALID, "its typ is not at+jwt",
            ErrorCodes.ISSUER_MISSING, "it has no iss",
            ErrorCodes.ISSUER_INVALID, "its iss is another",
            ErrorCodes.AUDIENCE_MISSING, "it has no aud",
            ErrorCodes.AUDIENCE_INVALID, "its aud is another",
            ErrorCodes.MALFORMED_CLAIM, "its iss or aud has another type",
            ErrorCodes.JSON_INVALID, "its claims are not a JSON object");

    private final JwtConsumer consumer;
    private final TokenProfile profile;
    private final Clock clock;

    /**
     * Creates a verifier with the keys of one issuer.
     *
     * @param issuer {@code courant.jwt.issuer}: the issuer that has the keys
     * @param audience {@code courant.jwt.audience}: the resource that this server is
     * @throws IllegalArgumentException if the profile requires the issuer or the audience that is missing
     */
    public TokenVerifier(
            VerificationKeys keys,
            TokenProfile profile,
            @Nullable String issuer,
            @Nullable String audience,
            Clock clock) {
        boolean required = profile.requiresIssuerAndAudience();
        if (required && (issuer == null || audience == null)) {
            throw new IllegalArgumentException("The profile requires an issuer and an audience.");
        }
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setVerificationKeyResolver((token, nesting) -> keys.findSigner(token))
                .setJwsAlgorithmConstraints(keys.algorithms.toConstraints())
                .setJweAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT))
                .setSkipAllDefaultValidators()
                .registerValidator(new IssValidator(issuer, required));
        if (audience != null) {
            builder.registerValidator(new AudValidator(Set.of(audience), required));
        }
        if (profile.requiresType()) {
            builder.registerValidator(new TypeValidator(true, "at+jwt"));
        }
        consumer = builder.build();
        this.profile = profile;
        this.clock = clock;
    }

    /**
     * Returns the content of a valid token.
     *
     * @throws InvalidTokenException if the token is not valid now
     * @throws KeysMissingException if that cannot be decided yet
     */
    VerifiedToken verify(String text) {
        if (text.length() > MAX_LENGTH || !COMPACT_JWS.matcher(text).matches()) {
            throw new InvalidTokenException("it is not a compact JWS of at most " + MAX_LENGTH + " characters");
        }
        JwtContext context = process(text);
        checkForm(context);
        Map<String, Object> claims = context.getJwtClaims().getClaimsMap();
        Instant expires = checkTimes(claims, clock.instant().getEpochSecond());
        return new VerifiedToken(toJson(claims), expires, fingerprint(text));
    }

    private JwtContext process(String text) {
        try {
            return consumer.process(text);
        } catch (InvalidJwtException invalid) {
            if (invalid.getCause() instanceof KeysMissingException missing) {
                throw missing;
            }
            int code = invalid.getErrorDetails().get(0).getErrorCode();
            throw new InvalidTokenException(
                    REASONS.getOrDefault(code, "its header is malformed, or no trusted key has signed it"));
        }
    }

    /** Checks what the library tolerates. */
    private static void checkForm(JwtContext context) {
        JsonWebSignature token = (JsonWebSignature) context.getJoseObjects().get(0);
        String header = token.getHeaders().getFullHeaderAsJsonString();
        String claims = context.getJwtClaims().getRawJson();
        if (context.getJoseObjects().size() > 1) {
            throw new InvalidTokenException("it contains another token");
        }
        // Extensions that a recipient must understand (RFC 7515, section 4.1.11; RFC 7797). None is supported.
        if (token.getObjectHeader("crit") != null || token.getObjectHeader("b64") != null) {
            throw new InvalidTokenException("its header has extensions");
        }
        if (header.chars().filter(c -> c == '[' || c == '{').count() > MAX_NESTING
                || isDeeper(context.getJwtClaims().getClaimsMap(), MAX_NESTING)) {
            throw new InvalidTokenException("it is nested too deeply");
        }
        if (!Arrays.equals(token.getUnverifiedPayloadBytes(), claims.getBytes(UTF_8))) {
            throw new InvalidTokenException("its claims are not UTF-8");
        }
    }

    private static boolean isDeeper(Object json, int levels) {
        Collection<?> children =
                json instanceof Map<?, ?> map ? map.values() : json instanceof List<?> list ? list : List.of();
        return !children.isEmpty() && (levels == 0 || children.stream().anyMatch(child -> isDeeper(child, levels - 1)));
    }

    /** Checks the times, and returns the time at which the token expires, or {@code null} if it does not. */
    private @Nullable Instant checkTimes(Map<String, Object> claims, long now) {
        for (String name : List.of("nbf", "iat")) {
            if (claims.containsKey(name) && readTime(claims, name) > now + MAX_SKEW_SECONDS) {
                throw new InvalidTokenException("its " + name + " is in the future");
            }
        }
        if (!claims.containsKey("exp")) {
            if (profile.requiresExpiry()) {
                throw new InvalidTokenException("it has no exp");
            }
            return null;
        }
        long expires = readTime(claims, "exp");
        if (expires <= now) {
            throw new InvalidTokenException("it is expired");
        }
        return Instant.ofEpochSecond(expires);
    }

    /** Returns a time in seconds. Fractions are allowed (RFC 7519, section 2), and rounded down. */
    private static long readTime(Map<String, Object> claims, String name) {
        double seconds = claims.get(name) instanceof Number number ? Math.floor(number.doubleValue()) : -1;
        if (seconds >= 0 && seconds <= MAX_TIME) {
            return (long) seconds;
        }
        throw new InvalidTokenException("its " + name + " is not a time");
    }

    private static JsonObject toJson(Map<String, Object> claims) {
        try {
            return BUILDERS.createObjectBuilder(claims).build();
        } catch (RuntimeException unsupported) {
            throw new InvalidTokenException("its claims have a number that is too large");
        }
    }

    /**
     * Returns the key of the token in {@link RevokedTokens}: the SHA-256 of the signed part. It omits the signature,
     * because an ECDSA signature has a second valid form, which would be a token that is not revoked.
     */
    private static String fingerprint(String text) {
        byte[] signed = text.substring(0, text.lastIndexOf('.')).getBytes(US_ASCII);
        return HexFormat.of().formatHex(HashUtil.getMessageDigest("SHA-256").digest(signed));
    }
}
