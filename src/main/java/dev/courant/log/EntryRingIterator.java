package dev.courant.log;

import org.jspecify.annotations.Nullable;

/**
 * An iterator over an {@link EntryRing}, forward or backward. It ends after a maximum number of offsets. Not
 * thread-safe.
 */
final class EntryRingIterator implements EntryIterator {

    private final EntryRing ring;
    private final long to;
    private long offset;
    private int stepsLeft;
    private boolean isIncomplete;

    /**
     * @param from the iteration starts at the offset next to this one
     * @param to the last offset to read; if less than {@code from}, the iteration is backward
     * @param steps the maximum number of offsets to read
     */
    EntryRingIterator(EntryRing ring, long from, long to, int steps) {
        this.ring = ring;
        this.to = to;
        offset = from;
        stepsLeft = steps;
    }

    @Override
    public @Nullable LogEntry next() {
        while (offset != to && stepsLeft > 0) {
            stepsLeft--;
            offset += to > offset ? 1 : -1;
            LogEntry entry = ring.get(offset);
            if (entry != null) {
                return entry;
            }
        }
        isIncomplete = offset != to;
        return null;
    }

    /** Returns whether the iteration ended at the maximum number of steps, before the last offset. */
    boolean isIncomplete() {
        return isIncomplete;
    }
}
