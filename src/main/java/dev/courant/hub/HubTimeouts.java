package dev.courant.hub;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts of the hub.
 *
 * @param heartbeat the period of heartbeats. A stream is sent one if it was quiet for half a period
 * @param stall the stall timeout: how long a client may accept no byte before the hub disconnects it
 * @param retry the minimum reconnection time; each client is sent a random time between this and its double
 * @param lifetime the maximum duration of a stream, or {@code null} for no limit. Each stream ends after a random time
 *     between half of this and this. Otherwise clients that connected at the same time would reconnect at the same time
 */
public record HubTimeouts(
        Duration heartbeat,
        Duration stall,
        Duration retry,
        @Nullable Duration lifetime) {

    /** The time from the expiry notice to the expiry of a token. A client needs it to fetch a new token. */
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

    /**
     * Returns the time at which a stream must end, on the clock of {@code now}, or {@code null} if it need not end.
     *
     * @param maxDuration the maximum duration of this stream, for example of its token; {@code null} for no limit
     */
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
     * Returns the time at which to write the expiry notice. Returns {@code null} if the token does not expire, or if
     * the stream ends before that time.
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

    /**
     * Converts to nanoseconds, from 0 to {@link #UNLIMITED}: a token may have expired already, or expire so late that
     * the value would overflow.
     */
    private static long toNanos(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        return time.compareTo(UNLIMITED) < 0 ? time.toNanos() : UNLIMITED.toNanos();
    }
}
