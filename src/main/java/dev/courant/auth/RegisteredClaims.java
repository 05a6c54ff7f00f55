package dev.courant.auth;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The claims that RFC 7519, section 4.1, defines, of a token that is signed as it should be. */
record RegisteredClaims(JsonObject claims) {

    /** How far the clock of whoever issued a token may be ahead. It is not added to a token's life. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** The last second that has a year of four digits: what comes later is no time anyone means. */
    private static final long LAST = 253_402_300_799L;

    /** When the token expires; {@code null} if it does not say so. */
    @Nullable
    Instant holdTimes(Instant now, boolean requireExpiry) {
        Instant expires = time("exp");
        if (expires == null && requireExpiry) {
            throw new InvalidTokenException("it has no exp");
        }
        if (expires != null && !now.isBefore(expires)) {
            throw new InvalidTokenException("it is expired");
        }
        for (String name : new String[] {"nbf", "iat"}) {
            Instant from = time(name);
            if (from != null && from.isAfter(now.plus(SKEW))) {
                throw new InvalidTokenException("its " + name + " is in the future");
            }
        }
        return expires;
    }

    /** @param issuer the one whose keys are trusted; {@code null} if it is not known */
    void holdIssuer(@Nullable String issuer, boolean require) {
        JsonValue iss = claims.get("iss");
        if (iss == null ? require : issuer != null && !is(issuer, iss)) {
            throw new InvalidTokenException("its iss is absent or another");
        }
    }

    /** @param audience the resource that this server is; {@code null} if it is not known */
    void holdAudience(@Nullable String audience, boolean require) {
        JsonValue aud = claims.get("aud");
        if (aud == null ? require : audience != null && !isIn(audience, aud)) {
            throw new InvalidTokenException("its aud is absent or another");
        }
    }

    private static boolean isIn(String audience, JsonValue aud) {
        return aud instanceof JsonArray several
                ? several.stream().allMatch(JsonString.class::isInstance)
                        && several.stream().anyMatch(one -> is(audience, one))
                : is(audience, aud);
    }

    private static boolean is(String expected, JsonValue value) {
        return value instanceof JsonString text && text.getString().equals(expected);
    }

    private @Nullable Instant time(String name) {
        if (!claims.containsKey(name)) {
            return null;
        }
        if (claims.get(name) instanceof JsonNumber number) {
            // Fractions are allowed (RFC 7519, section 2); rounded down, a life is never made longer.
            var second = number.bigDecimalValue().setScale(0, RoundingMode.FLOOR);
            if (second.signum() >= 0 && second.precision() <= 18 && second.longValueExact() <= LAST) {
                return Instant.ofEpochSecond(second.longValueExact());
            }
        }
        throw new InvalidTokenException("its " + name + " is no time");
    }

    @Override
    public String toString() {
        return "RegisteredClaims";
    }
}
