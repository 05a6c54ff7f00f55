package dev.courant.journal;

import java.nio.IntBuffer;

/**
 * The events of a segment that have a {@link IndexTerm term}. Immutable.
 *
 * @param ordinals offsets relative to the base of the segment, ascending
 * @param previous the offset of the last event with this term before this segment, or a higher one if it is unknown;
 *     0 if there is none
 */
record PostingList(IntBuffer ordinals, long previous) {

    int size() {
        return ordinals.limit();
    }

    int get(int index) {
        return ordinals.get(index);
    }

    int last() {
        return get(size() - 1);
    }

    /** Returns the first ordinal that is not less than this one, or {@link Integer#MAX_VALUE}. */
    int ceiling(int ordinal) {
        int index = search(ordinal);
        return index < size() ? get(index) : Integer.MAX_VALUE;
    }

    /** Returns the last ordinal that is not greater than this one, or -1. */
    int floor(int ordinal) {
        int index = search(ordinal + 1);
        return index > 0 ? get(index - 1) : -1;
    }

    private int search(int ordinal) {
        int from = 0;
        int to = size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (get(middle) < ordinal) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
