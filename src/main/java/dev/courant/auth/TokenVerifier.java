package dev.courant.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The verification of access tokens: signed JSON Web Tokens (RFC 7519) with the form that RFC 8725 recommends. The library
 * verifies the signature. Its {@code JwtConsumer} is not used: it reads the claims before it verifies their signature, and
 * accepts JSON that other readers take for other claims. Thread-safe.
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

    /** The time by which the clock of the issuer may be ahead. It does not extend the lifetime of a token. */
    private static final long MAX_SKEW_SECONDS = 60;

    /** The last second of the year 9999. Later times are mistakes, such as milliseconds. */
    private static final long MAX_TIME = 253_402_300_799L;

    /** Base64url without padding, whose unused bits are zero (RFC 4648, section 3.5). The library accepts any. */
    private static final String BASE64URL = "(?=[\\w-])(?:[\\w-]{4})*+(?:[\\w-][AQgw]|[\\w-]{2}[AEIMQUYcgkosw048])?";

    /** A JWS in compact serialization (RFC 7515, section 7.1). */
    private static final Pattern COMPACT_JWS = Pattern.compile(BASE64URL + "\\." + BASE64URL + "\\." + BASE64URL);

    private static final Pattern TYPE = Pattern.compile("(?i)(application/)?at\\+jwt");

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
        try {
            token.setCompactSerialization(text);
            checkHeader(token);
            if (!keys.verify(token)) {
                throw new InvalidTokenException("no trusted key has signed it");
            }
        } catch (JoseException | ClassCastException malformed) {
            throw new InvalidTokenException("its header is malformed");
        }
        JsonObject claims = StrictJson.parse(token.getUnverifiedPayloadBytes());
        String fingerprint = fingerprint(text);
        if (revoked.contains(fingerprint)) {
            throw new InvalidTokenException("it is revoked");
        }
        try {
            checkName(claims, "iss", issuer);
            checkName(claims, "aud", audience);
            Instant expires = checkTimes(claims, clock.instant().getEpochSecond());
            String subject = claims.get("sub") instanceof JsonString sub ? sub.getString() : null;
            return new AccessRights(profile.readGrants(claims), subject, expires, fingerprint);
        } catch (IllegalArgumentException | ClassCastException malformed) {
            throw new InvalidTokenException("its iss, aud or grants are malformed");
        }
    }

    /** Refuses what the library tolerates. */
    private void checkHeader(JsonWebSignature token) {
        // Extensions that a recipient must understand (RFC 7515, section 4.1.11; RFC 7797). None is supported.
        if (token.getObjectHeader("crit") != null || token.getObjectHeader("b64") != null) {
            throw new InvalidTokenException("its header has extensions");
        }
        String header = token.getHeaders().getFullHeaderAsJsonString();
        if (header.chars().filter(c -> c == '[' || c == '{').count() > StrictJson.MAX_NESTING) {
            throw new InvalidTokenException("its header is nested too deeply");
        }
        if (profile.isStrict()
                && !TYPE.matcher(String.valueOf(token.getHeader("typ"))).matches()) {
            throw new InvalidTokenException("its typ is not at+jwt");
        }
    }

    /** Checks that the claim is the expected name. Only {@code aud} may be an array that contains it. */
    private void checkName(JsonObject claims, String claim, @Nullable String expected) {
        if (claims.getOrDefault(claim, JsonValue.NULL).equals(JsonValue.NULL)) {
            if (profile.isStrict()) {
                throw new InvalidTokenException("it has no " + claim);
            }
            return;
        }
        List<String> names = claims.get(claim) instanceof JsonArray array && claim.equals("aud")
                ? array.getValuesAs(JsonString::getString)
                : List.of(claims.getString(claim));
        if (expected != null && !names.contains(expected)) {
            throw new InvalidTokenException("its " + claim + " is another");
        }
    }

    /** Checks the times, and returns the time at which the token expires, or {@code null} if it does not. */
    private @Nullable Instant checkTimes(JsonObject claims, long now) {
        for (String claim : List.of("nbf", "iat")) {
            if (readTime(claims, claim) > now + MAX_SKEW_SECONDS) {
                throw new InvalidTokenException("its " + claim + " is in the future");
            }
        }
        long expires = readTime(claims, "exp");
        if (expires <= now && (profile.isStrict() || claims.containsKey("exp"))) {
            throw new InvalidTokenException(claims.containsKey("exp") ? "it is expired" : "it has no exp");
        }
        return claims.containsKey("exp") ? Instant.ofEpochSecond(expires) : null;
    }

    /** Returns a time in seconds, or 0 without the claim. Fractions are allowed (RFC 7519, section 2), and rounded down. */
    private static long readTime(JsonObject claims, String claim) {
        if (!claims.containsKey(claim)) {
            return 0;
        }
        double seconds = claims.get(claim) instanceof JsonNumber number ? Math.floor(number.doubleValue()) : -1;
        if (seconds >= 0 && seconds <= MAX_TIME) {
            return (long) seconds;
        }
        throw new InvalidTokenException("its " + claim + " is not a time");
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
