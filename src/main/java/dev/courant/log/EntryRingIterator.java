package dev.courant.log;

import org.jspecify.annotations.Nullable;

/** One reader's way along the ring, forward or backward, of so many steps at the most; for one thread. */
final class EntryRingIterator implements EntryIterator {

    private final EntryRing ring;
    private final long to;
    private long offset;
    private int stepsLeft;
    private boolean stopped;

    /**
     * @param from the offset beside the first
     * @param to the last offset
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
        stopped = offset != to;
        return null;
    }

    /** Whether it ended before its time. */
    boolean stopped() {
        return stopped;
    }
}
