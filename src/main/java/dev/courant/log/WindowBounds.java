package dev.courant.log;

import java.time.Duration;

/**
 * How much of the log can still be read: what any one of the bounds excludes is let go of, oldest first.
 *
 * @param maxEvents 1 to 2^24
 * @param maxBytes of encoded events, 1 or more; the newest event is kept even if it is larger alone
 * @param maxAge more than zero
 */
public record WindowBounds(int maxEvents, long maxBytes, Duration maxAge) {

    public static final int MAX_EVENTS = 1 << 24;

    /** @throws IllegalArgumentException if a bound is out of its range */
    public WindowBounds {
        if (maxEvents < 1 || maxEvents > MAX_EVENTS || maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("not a window: " + maxEvents + " events (1 to " + MAX_EVENTS + "), "
                    + maxBytes + " bytes (1 or more), " + maxAge + " (more than zero)");
        }
    }
}
