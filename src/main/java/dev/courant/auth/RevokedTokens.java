package dev.courant.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of tokens that are refused before they expire. Their number is limited. At the limit, {@link
 * #revoke} returns false: if it forgot an older token instead, that one would be valid again. Thread-safe.
 */
public final class RevokedTokens {

    private final int maxTokens;
    private final Clock clock;
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

    /** @param maxTokens the maximum number of revoked tokens that have not expired */
    public RevokedTokens(int maxTokens, Clock clock) {
        this.maxTokens = maxTokens;
        this.clock = clock;
    }

    /**
     * Refuses a token from now on.
     *
     * @param expires the time at which the token expires, or {@code null} if it does not
     * @return false if the maximum number is reached
     */
    public synchronized boolean revoke(String fingerprint, @Nullable Instant expires) {
        if (expiries.size() >= maxTokens) {
            expiries.keySet().removeIf(token -> !contains(token));
        }
        if (expiries.size() >= maxTokens && !expiries.containsKey(fingerprint)) {
            return false;
        }
        Instant until = expires == null ? Instant.MAX : expires;
        // The later expiry counts: a caller need not know the true expiry of the token.
        expiries.merge(fingerprint, until, (before, now) -> before.isAfter(now) ? before : now);
        return true;
    }

    /** Returns whether the token with this fingerprint is refused. */
    public boolean contains(String fingerprint) {
        Instant expiry = expiries.get(fingerprint);
        return expiry != null && clock.instant().isBefore(expiry);
    }
}
