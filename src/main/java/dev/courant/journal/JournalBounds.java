package dev.courant.journal;

import java.time.Duration;

/**
 * The bounds of a journal. If one of them is exceeded, the oldest segments are deleted. A segment takes at most a
 * sixteenth of each bound.
 *
 * @param maxEvents 1 or more
 * @param maxBytes of all files, {@link #LEAST_BYTES} or more
 * @param maxAge positive
 */
public record JournalBounds(long maxEvents, long maxBytes, Duration maxAge) {

    public static final long LEAST_BYTES = 16L << 20;

    private static final int SEGMENTS = 16;
    private static final long MAX_SEGMENT_BYTES = 1L << 30;
    private static final long MAX_SEGMENT_EVENTS = 1 << 18; // bounds the memory of the newest segment's index
    private static final long MAX_EVENT_BYTES = 64L << 20; // several copies are in memory while an event is stored

    /** @throws IllegalArgumentException if a bound is out of its range */
    public JournalBounds {
        if (maxEvents < 1 || maxBytes < LEAST_BYTES || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("not the bounds of a journal: " + maxEvents + " events (1 or more), "
                    + maxBytes + " bytes (" + LEAST_BYTES + " or more), " + maxAge + " (more than zero)");
        }
    }

    /** Returns the size at which a segment is full. An event that is larger takes a segment of its own. */
    long segmentBytes() {
        return Math.min(maxBytes / SEGMENTS, MAX_SEGMENT_BYTES);
    }

    int segmentEvents() {
        return (int) Math.max(1, Math.min(maxEvents / SEGMENTS, MAX_SEGMENT_EVENTS));
    }

    /** Returns the number of topics and ids of publishers at which a segment is full. Its index has them in memory. */
    int segmentTerms() {
        return 2 * segmentEvents();
    }

    long segmentMillis() {
        return maxAge.toMillis() / SEGMENTS;
    }

    /** Returns the maximum size of an event: a larger one would evict most others. */
    long maxEventBytes() {
        return Math.min(MAX_EVENT_BYTES, maxBytes / 2);
    }
}
