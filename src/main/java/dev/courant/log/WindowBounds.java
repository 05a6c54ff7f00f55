package dev.courant.log;

import java.time.Duration;

/**
 * The bounds of a window. If one of them is exceeded, the oldest entries are evicted.
 *
 * @param maxEvents 1 to 2^24
 * @param maxBytes of encoded events, 1 or more; the newest event is retained even if it is larger
 * @param maxAge positive
 */
public record WindowBounds(int maxEvents, long maxBytes, Duration maxAge) {

    public static final int MAX_EVENTS = 1 << 24;

    /** @throws IllegalArgumentException if a bound is out of range */
    public WindowBounds {
        if (maxEvents < 1 || maxEvents > MAX_EVENTS || maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("Invalid bounds of a window: " + maxEvents + " events (1 to "
                    + MAX_EVENTS + "), " + maxBytes + " bytes (1 or more), " + maxAge + " (positive)");
        }
    }
}
