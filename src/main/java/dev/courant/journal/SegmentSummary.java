package dev.courant.journal;

import dev.courant.event.EventKind;

/**
 * The contents of a segment in numbers.
 *
 * @param base the first offset
 * @param end the offset after the last one
 * @param length the position after the last whole record in the file, in bytes
 * @param lost the highest offset whose record is lost, or 0
 * @param oldestMillis the time at which the first event was stored, by the wall clock; 0 if there is none
 * @param newestMillis the time at which the last event was stored
 * @param newestEnd the offset of the newest event that ended a topic, or 0 if there is none
 */
record SegmentSummary(
        long base, long end, long length, long lost, long oldestMillis, long newestMillis, long newestEnd) {

    static SegmentSummary empty(long base, long length) {
        return new SegmentSummary(base, base, length, 0, 0, 0, 0);
    }

    /** Returns the summary with one more event, whose record ends at a position. Offsets before it may be lost. */
    SegmentSummary with(StoredEvent event, long newLength) {
        long newLost = event.offset() > end ? event.offset() - 1 : lost;
        long oldest = end == base ? event.millis() : oldestMillis;
        long newEnd = event.kind() == EventKind.END ? event.offset() : newestEnd;
        return new SegmentSummary(base, event.offset() + 1, newLength, newLost, oldest, event.millis(), newEnd);
    }

    /** Returns the number of offsets, including lost ones. */
    int count() {
        return (int) (end - base);
    }
}
