package dev.courant.journal;

import java.time.Duration;

/**
 * How much a journal keeps: what any one of the bounds excludes is let go of, oldest first.
 *
 * @param maxEvents 1 or more
 * @param maxBytes of the file, {@link #LEAST_BYTES} or more; it may be larger for a moment, until it has been compacted
 * @param maxAge more than zero
 */
public record JournalBounds(long maxEvents, long maxBytes, Duration maxAge) {

    /** Below this there is no room to compact in. */
    public static final long LEAST_BYTES = 16L << 20;

    /** @throws IllegalArgumentException if a bound is out of its range */
    public JournalBounds {
        if (maxEvents < 1 || maxBytes < LEAST_BYTES || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("not the bounds of a journal: " + maxEvents + " events (1 or more), "
                    + maxBytes + " bytes (" + LEAST_BYTES + " or more), " + maxAge + " (more than zero)");
        }
    }
}
