package dev.courant.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are refused before they expire, known by their fingerprints. Bounded: none that could still be used is ever
 * forgotten to make room, so a further one is not taken. For use by any thread.
 */
public final class RevokedTokens {

    private final int most;
    private final Clock clock;
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

    /** @param most how many there may be at a time */
    public RevokedTokens(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /**
     * Refuses a token from now on.
     *
     * @param expires when it would have ended by itself; {@code null} for never
     * @return whether there was room
     */
    public synchronized boolean revoke(String fingerprint, @Nullable Instant expires) {
        if (expiries.size() >= most && !expiries.containsKey(fingerprint)) {
            Instant now = clock.instant();
            expiries.values().removeIf(expiry -> !now.isBefore(expiry));
            if (expiries.size() >= most) {
                return false;
            }
        }
        Instant until = expires == null ? Instant.MAX : expires;
        // Told twice, the later counts: the caller need not know a token's true expiry.
        expiries.merge(fingerprint, until, (before, now) -> before.isAfter(now) ? before : now);
        return true;
    }

    /** Whether a token of this fingerprint is refused. */
    public boolean contains(String fingerprint) {
        Instant expiry = expiries.get(fingerprint);
        return expiry != null && clock.instant().isBefore(expiry);
    }

    /** How many take room. */
    public int size() {
        return expiries.size();
    }
}
