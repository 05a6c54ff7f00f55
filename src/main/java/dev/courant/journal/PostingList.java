package dev.courant.journal;

import java.nio.IntBuffer;

/**
 * The events of a segment that have a term.
 *
 * @param base the first offset of the segment
 * @param ordinals the offsets minus the base, ascending
 * @param previous the offset of the last event with the term in an earlier segment, or 0. If it is unknown, a higher offset
 */
record PostingList(long base, IntBuffer ordinals, long previous) {

    /** Returns the first offset that is not less than this one, or {@link Long#MAX_VALUE}. */
    long ceiling(long offset) {
        int index = search(offset);
        return index < ordinals.limit() ? base + ordinals.get(index) : Long.MAX_VALUE;
    }

    /** Returns the last offset that is not greater than this one, or -1. */
    long floor(long offset) {
        int index = search(offset + 1);
        return index > 0 ? base + ordinals.get(index - 1) : -1;
    }

    private int search(long offset) {
        int from = 0;
        int to = ordinals.limit();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (base + ordinals.get(middle) < offset) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
