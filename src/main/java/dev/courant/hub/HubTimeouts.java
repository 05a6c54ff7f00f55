package dev.courant.hub;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long the hub waits for what.
 *
 * @param heartbeat how long a stream may stay quiet before a comment is written to it
 * @param stall how long a connection may take no byte before it is closed
 * @param retry how long a client waits before it reconnects; each is told a time between this and twice this
 * @param lifetime how long a stream goes on before it is closed, and its client reconnects; each between half of this and
 *     this, so that those who came together do not go together; {@code null} for as long as its client stays
 */
public record HubTimeouts(
        Duration heartbeat,
        Duration stall,
        Duration retry,
        @Nullable Duration lifetime) {

    /** How long before a token expires the client is told: time enough to fetch a new one. */
    private static final Duration EXPIRY_NOTICE = Duration.ofSeconds(30);

    /** As good as for ever, and little enough to be added to any time of a clock. */
    private static final Duration UNLIMITED = Duration.ofDays(36_500);

    /** @throws IllegalArgumentException unless each is more than zero */
    public HubTimeouts {
        for (Duration duration : new Duration[] {heartbeat, stall, retry, lifetime == null ? retry : lifetime}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("each of the hub's times is more than zero");
            }
        }
    }

    long retryMillis(RandomGenerator random) {
        long base = retry.toMillis();
        return base + random.nextLong(base + 1);
    }

    /** @param stay how long the stream may go on in any case, {@code null} for no limit */
    @Nullable
    Long endsAt(long now, @Nullable Duration maxDuration, RandomGenerator random) {
        Long maxNanos = maxDuration == null ? null : nanos(maxDuration);
        if (lifetime == null) {
            return maxNanos == null ? null : Long.valueOf(now + maxNanos);
        }
        long half = nanos(lifetime) / 2;
        long lifetimeNanos = half + random.nextLong(half + 1);
        return now + (maxNanos == null ? lifetimeNanos : Math.min(lifetimeNanos, maxNanos));
    }

    /**
     * Returns when to announce that the token of a stream expires, {@code null} for never: if the stream has no token that
     * expires, or ends before for another reason.
     *
     * @param endsAt as {@link #endsAt} returned it for the same arguments
     */
    @Nullable
    Long announceExpiryAt(long now, @Nullable Duration maxDuration, @Nullable Long endsAt) {
        if (maxDuration == null || endsAt == null || endsAt - now <= 0) {
            return null;
        }
        long left = nanos(maxDuration);
        long at = now + left - Math.min(EXPIRY_NOTICE.toNanos(), left / 2);
        return at - endsAt < 0 ? Long.valueOf(at) : null;
    }

    /** A token may have expired, or be good for longer than a number of nanoseconds says. */
    private static long nanos(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        return time.compareTo(UNLIMITED) < 0 ? time.toNanos() : UNLIMITED.toNanos();
    }
}
