package dev.courant.journal;

import java.nio.ByteBuffer;

/**
 * The contents of a segment in numbers.
 *
 * @param base the first offset
 * @param count the number of offsets, including lost ones
 * @param length the size of the file up to the end of the last whole record, in bytes
 * @param lost the highest offset whose record is lost, or 0
 * @param oldestMillis the time at which the first event was stored, by the wall clock; 0 if there is none
 * @param newestMillis the time at which the last event was stored
 */
record SegmentSummary(long base, int count, long length, long lost, long oldestMillis, long newestMillis) {

    static final int BYTES = 44;

    static SegmentSummary empty(long base, long length) {
        return new SegmentSummary(base, 0, length, 0, 0, 0);
    }

    /** Returns the offset after the last one. */
    long end() {
        return base + count;
    }

    /** Returns the summary with one more event, whose record ends at a position. Offsets before it may be lost. */
    SegmentSummary with(StoredEvent event, long newLength) {
        long newLost = event.offset() > end() ? event.offset() - 1 : lost;
        long oldest = count == 0 ? event.millis() : oldestMillis;
        return new SegmentSummary(
                base, (int) (event.offset() - base) + 1, newLength, newLost, oldest, event.millis());
    }

    void write(ByteBuffer out) {
        out.putLong(base).putInt(count).putLong(length).putLong(lost).putLong(oldestMillis).putLong(newestMillis);
    }

    static SegmentSummary read(ByteBuffer in) {
        return new SegmentSummary(
                in.getLong(), in.getInt(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
}
