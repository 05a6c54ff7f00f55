package dev.courant.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The verification of access tokens: signed JSON Web Tokens (RFC 7519) of the form that RFC 8725 recommends. The library
 * checks the algorithm, the type, the issuer, the audience and the times. It also tolerates malformed tokens, so this
 * class parses the claims, and refuses what the library tolerates. Thread-safe.
 *
 * @param issuer {@code courant.jwt.issuer}: the issuer that has the keys
 * @param audience {@code courant.jwt.audience}: the resource that this server is
 */
public record TokenVerifier(
        VerificationKeys keys,
        TokenProfile profile,
        @Nullable String issuer,
        @Nullable String audience,
        RevokedTokens revoked,
        Clock clock) {

    /** The maximum length in characters. Most servers limit headers and cookies to less. */
    private static final int MAX_LENGTH = 16 << 10;

    /** The number of seconds by which the clock of the issuer may be ahead. It does not extend the life of a token. */
    private static final int MAX_SKEW = 60;

    /** The last second of the year 9999. Later times are mistakes, such as milliseconds. */
    private static final long MAX_TIME = 253_402_300_799L;

    /** Base64url without padding, whose unused bits are zero (RFC 4648, section 3.5). The library accepts any. */
    private static final String BASE64URL = "(?=[\\w-])(?:[\\w-]{4})*+(?:[\\w-][AQgw]|[\\w-]{2}[AEIMQUYcgkosw048])?";

    /** A JWS in compact serialization (RFC 7515, section 7.1). */
    private static final Pattern COMPACT_JWS = Pattern.compile(BASE64URL + "\\." + BASE64URL + "\\." + BASE64URL);

    /** Thrown to refuse a token. The reason is for the operator's log: in a response it would help to forge tokens. */
    static final class InvalidTokenException extends RuntimeException {

        private static final long serialVersionUID = 1;

        /** @param reason one of the texts of this package, without any part of the token */
        InvalidTokenException(String reason) {
            // Any client can cause this exception at any rate, so it is cheap: it has no stack trace.
            super(reason, null, false, false);
        }
    }

    /** @throws IllegalArgumentException if the profile requires the issuer or the audience that is missing */
    public TokenVerifier {
        if (profile.isStrict() && (issuer == null || audience == null)) {
            throw new IllegalArgumentException("The profile requires an issuer and an audience.");
        }
    }

    /**
     * Returns what a valid token grants.
     *
     * @throws InvalidTokenException if the token is not valid now
     * @throws dev.courant.http.ProblemException if that cannot be decided yet
     */
    AccessRights verify(String text) {
        if (text.length() > MAX_LENGTH || !COMPACT_JWS.matcher(text).matches()) {
            throw new InvalidTokenException("it is not a compact JWS of at most " + MAX_LENGTH + " characters");
        }
        JsonWebSignature token = new JsonWebSignature();
        JsonObject claims;
        try {
            token.setCompactSerialization(text);
            JsonObject header = StrictJson.parse(
                    token.getHeaders().getFullHeaderAsJsonString().getBytes(UTF_8));
            // Extensions that a recipient must understand (RFC 7515, section 4.1.11; RFC 7797). None is supported.
            if (header.containsKey("crit") || header.containsKey("b64")) {
                throw new InvalidTokenException("its header has extensions");
            }
            JwtConsumer consumer = createConsumer(keys.findSigner(token));
            claims = StrictJson.parse(token.getUnverifiedPayloadBytes());
            consumer.processContext(new JwtContext(readChecked(claims), List.of(token)));
        } catch (JoseException | ClassCastException malformed) {
            throw new InvalidTokenException("its header is malformed");
        } catch (InvalidJwtException invalid) {
            throw new InvalidTokenException(describe(invalid));
        }
        String fingerprint = fingerprint(text);
        if (revoked.contains(fingerprint)) {
            throw new InvalidTokenException("it is revoked");
        }
        String subject = claims.get("sub") instanceof JsonString sub ? sub.getString() : null;
        Instant expires = claims.get("exp") instanceof JsonNumber exp ? Instant.ofEpochSecond(exp.longValue()) : null;
        try {
            return new AccessRights(profile.readGrants(claims), subject, expires, fingerprint);
        } catch (IllegalArgumentException | ClassCastException malformed) {
            throw new InvalidTokenException("its grants are malformed");
        }
    }

    /** Creates the checks of the library for a token of this signer at this time. */
    private JwtConsumer createConsumer(Key signer) {
        // The evaluation time is ahead by as much as the skew, so only nbf and iat may be later than now.
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setVerificationKey(signer)
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, keys.algorithms.accepted().toArray(String[]::new))
                .setExpectedIssuer(profile.isStrict(), issuer)
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond() + MAX_SKEW / 2))
                .setAllowedClockSkewInSeconds(MAX_SKEW / 2)
                .setIssuedAtRestrictions(0, Integer.MAX_VALUE);
        if (profile.isStrict()) {
            builder.setExpectedType(true, "at+jwt").setRequireExpirationTime();
        }
        if (audience == null) {
            builder.setSkipDefaultAudienceValidation();
        } else {
            builder.setExpectedAudience(profile.isStrict(), audience);
        }
        return builder.build();
    }

    /** Returns the claims that the library checks. It would accept any number as a time. */
    private static JwtClaims readChecked(JsonObject claims) {
        JwtClaims checked = new JwtClaims();
        checked.setClaim("iss", readNames(claims.get("iss")));
        checked.setClaim("aud", readNames(claims.get("aud")));
        for (String claim : List.of("exp", "nbf", "iat")) {
            if (claims.containsKey(claim)) {
                double seconds = claims.get(claim) instanceof JsonNumber number ? number.doubleValue() : -1;
                if (seconds < 0 || seconds > MAX_TIME) {
                    throw new InvalidTokenException("its " + claim + " is not a time");
                }
                checked.setClaim(claim, (long) seconds);
            }
        }
        return checked;
    }

    /** Returns a string or a list of strings. Another type stays JSON, which the library refuses. */
    private static @Nullable Object readNames(@Nullable JsonValue json) {
        if (json instanceof JsonArray array) {
            return array.stream().map(TokenVerifier::readNames).toList();
        }
        if (json instanceof JsonString string) {
            return string.getString();
        }
        return JsonValue.NULL.equals(json) ? null : json;
    }

    private static String describe(InvalidJwtException invalid) {
        return switch (invalid.getErrorDetails().get(0).getErrorCode()) {
            case ErrorCodes.TYPE_MISSING, ErrorCodes.TYPE_INVALID -> "its typ is not at+jwt";
            case ErrorCodes.ISSUER_MISSING -> "it has no iss";
            case ErrorCodes.ISSUER_INVALID -> "its iss is another";
            case ErrorCodes.AUDIENCE_MISSING -> "it has no aud";
            case ErrorCodes.AUDIENCE_INVALID -> "its aud is another";
            case ErrorCodes.MALFORMED_CLAIM -> "its iss or aud is not a string";
            case ErrorCodes.EXPIRATION_MISSING -> "it has no exp";
            case ErrorCodes.EXPIRED -> "it is expired";
            case ErrorCodes.NOT_YET_VALID -> "its nbf is in the future";
            case ErrorCodes.ISSUED_AT_INVALID_FUTURE -> "its iat is in the future";
            default -> "its typ is malformed, or its exp is before its nbf or iat";
        };
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
