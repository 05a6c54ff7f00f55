package dev.courant.journal;

import java.util.Arrays;

/** The offsets of a segment's events that have a term, ascending. Not thread-safe. */
final class PostingList {

    /** The offset of the last event with the term in an earlier segment, or 0. If it is unknown, a higher offset. */
    long previous;

    private long[] offsets = new long[1];
    private int size;

    PostingList(long previous) {
        this.previous = previous;
    }

    /** Adds an offset, unless it is the last one. */
    void add(long offset) {
        if (size > 0 && last() == offset) {
            return;
        }
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        offsets[size++] = offset;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return offsets[index];
    }

    long last() {
        return offsets[size - 1];
    }

    /** Returns the first offset that is not less than this one, or {@link Long#MAX_VALUE}. */
    long ceiling(long offset) {
        int index = search(offset);
        return index < size ? offsets[index] : Long.MAX_VALUE;
    }

    /** Returns the last offset that is not greater than this one, or -1. */
    long floor(long offset) {
        int index = search(offset + 1);
        return index > 0 ? offsets[index - 1] : -1;
    }

    private int search(long offset) {
        int index = Arrays.binarySearch(offsets, 0, size, offset);
        return index < 0 ? -index - 1 : index;
    }
}
