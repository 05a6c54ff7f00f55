package dev.courant.hub;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts of the hub.
 *
 * @param heartbeat how long a stream may be quiet before a heartbeat is written
 * @param stall how long a connection may accept no byte before it is closed
 * @param retry the minimum time before a client reconnects; each client is sent a random time from this to twice this
 * @param lifetime the maximum duration of a stream, or {@code null} for no limit. Each stream ends after a random time
 *     from half of this to this, so that clients that connected together do not reconnect together
 */
public record HubTimeouts(
        Duration heartbeat,
        Duration stall,
        Duration retry,
        @Nullable Duration lifetime) {

    /** The time from the expiry notice to the expiry of a token: enough to fetch a new one. */
    private static final Duration EXPIRY_NOTICE = Duration.ofSeconds(30);

    /** 100 years: effectively unlimited, yet small enough not to overflow a {@code nanoTime} value. */
    private static final Duration UNLIMITED = Duration.ofDays(36_500);

    /** @throws IllegalArgumentException unless every duration is positive */
    public HubTimeouts {
        for (Duration duration : new Duration[] {heartbeat, stall, retry, lifetime == null ? retry : lifetime}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(
                        "Each timeout of the hub must be positive, but one is " + duration + ".");
            }
        }
    }

    long retryMillis(RandomGenerator random) {
        long base = retry.toMillis();
        return base + random.nextLong(base + 1);
    }

    /** @param maxDuration the maximum duration of this stream, or {@code null} for no limit */
    @Nullable
    Long endsAt(long now, @Nullable Duration maxDuration, RandomGenerator random) {
        Long maxNanos = maxDuration == null ? null : toNanos(maxDuration);
        if (lifetime == null) {
            return maxNanos == null ? null : Long.valueOf(now + maxNanos);
        }
        long half = toNanos(lifetime) / 2;
        long lifetimeNanos = half + random.nextLong(half + 1);
        return now + (maxNanos == null ? lifetimeNanos : Math.min(lifetimeNanos, maxNanos));
    }

    /**
     * Returns when to announce that the token of a stream expires. Returns {@code null} if the token does not expire or
     * the stream ends earlier for another reason.
     *
     * @param endsAt the result of {@link #endsAt} for the same arguments
     */
    @Nullable
    Long announceExpiryAt(long now, @Nullable Duration maxDuration, @Nullable Long endsAt) {
        if (maxDuration == null || endsAt == null || endsAt - now <= 0) {
            return null;
        }
        long remaining = toNanos(maxDuration);
        long announceAt = now + remaining - Math.min(EXPIRY_NOTICE.toNanos(), remaining / 2);
        return announceAt - endsAt < 0 ? Long.valueOf(announceAt) : null;
    }

    /** Converts to nanoseconds. A token may have expired already, or expire so late that the value would overflow. */
    private static long toNanos(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        return time.compareTo(UNLIMITED) < 0 ? time.toNanos() : UNLIMITED.toNanos();
    }
}
