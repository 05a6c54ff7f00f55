package dev.courant.log;

import org.jspecify.annotations.Nullable;

/** One reader's way along the ring, forward or backward, of so many steps at the most; for one thread. */
final class EntryRingIterator implements EntryIterator {

    private final EntryRing ring;
    private final long to;
    private long at;
    private int stepsLeft;
    private boolean gaveUp;

    /**
     * @param from the offset beside the first
     * @param to the last offset
     */
    EntryRingIterator(EntryRing ring, long from, long to, int steps) {
        this.ring = ring;
        this.to = to;
        at = from;
        stepsLeft = steps;
    }

    @Override
    public @Nullable LogEntry next() {
        while (at != to && stepsLeft > 0) {
            stepsLeft--;
            at += to > at ? 1 : -1;
            LogEntry entry = ring.get(at);
            if (entry != null) {
                return entry;
            }
        }
        gaveUp = at != to;
        return null;
    }

    /** Whether it ended before its time. */
    boolean gaveUp() {
        return gaveUp;
    }
}
