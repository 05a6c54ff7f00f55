package dev.courant.check;

import java.util.Arrays;

/** Ranges of missing positions in ascending order, in a compact array. Not thread-safe. */
final class MissingRanges {

    private int[] bounds = new int[4]; // first, last, first, last ...
    private int size;

    /** Adds a range after all others. */
    void add(int first, int last) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
        }
        bounds[size++] = first;
        bounds[size++] = last;
    }

    /** Removes a position, and returns whether a range contained it. */
    boolean remove(int position) {
        int hole = find(position);
        if (hole == size || bounds[hole] > position) {
            return false;
        }
        int first = bounds[hole];
        int last = bounds[hole + 1];
        int parts = (first < position ? 2 : 0) + (position < last ? 2 : 0);
        int[] old = bounds;
        if (size + 2 > bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
        }
        System.arraycopy(old, hole + 2, bounds, hole + parts, size - hole - 2);
        size += parts - 2;
        int at = hole;
        if (first < position) {
            bounds[at++] = first;
            bounds[at++] = position - 1;
        }
        if (position < last) {
            bounds[at++] = position + 1;
            bounds[at] = last;
        }
        return true;
    }

    /** Removes all positions from this one on. */
    void truncate(int from) {
        int hole = find(from);
        if (hole < size && bounds[hole] < from) {
            bounds[hole + 1] = from - 1;
            hole += 2;
        }
        size = Math.min(size, hole);
    }

    int count() {
        return size / 2;
    }

    int first(int hole) {
        return bounds[2 * hole];
    }

    int last(int hole) {
        return bounds[2 * hole + 1];
    }

    /** Returns the index of the first range that ends at the position or after it. */
    private int find(int position) {
        int low = 0;
        int high = size / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }
}
