package dev.courant.check;

import java.util.Arrays;

/** Ranges of positions that were skipped, in rising order. Compact, for a client may miss every second event. */
final class Holes {

    private int[] bounds = new int[4]; // first, last, first, last ...
    private int size;

    /** After all there are. */
    void add(int first, int last) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
        }
        bounds[size++] = first;
        bounds[size++] = last;
    }

    /** Takes one position out; answers whether it was in. */
    boolean fill(int position) {
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

    /** Forgets what lies from a position on. */
    void cut(int from) {
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

    /** The index of the first hole that ends at the position or after it. */
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
