package dev.courant.bench;

import java.util.Arrays;

/**
 * How long things took, in microseconds: exact to a tenth of a percent, in a fixed space. One thread records; others may
 * read when it is done.
 */
final class Latency {

    private static final int DIGITS = 10; // binary ones that are kept
    private static final int EXACT = 2 << DIGITS;
    private static final int HALF = 1 << DIGITS;
    private static final long MOST = 1L << 40;

    private final long[] counts = new long[index(MOST) + 1];
    private long count;
    private long max;

    void record(long micros) {
        long value = Math.min(Math.max(micros, 0), MOST);
        counts[index(value)]++;
        count++;
        max = Math.max(max, value);
    }

    long count() {
        return count;
    }

    long max() {
        return max;
    }

    /** The time within which that share of all was done; never less than it was. 0 if there is nothing. */
    long percentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(highest(i), max);
            }
        }
        return 0;
    }

    /** Takes in what another has recorded. */
    void add(Latency other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        max = 0;
    }

    private static int index(long value) {
        if (value < EXACT) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - DIGITS - Long.numberOfLeadingZeros(value);
        return (int) (value >>> shift) + shift * HALF;
    }

    private static long highest(int index) {
        if (index < EXACT) {
            return index;
        }
        int shift = index / HALF - 1;
        long digits = index - (long) shift * HALF;
        return ((digits + 1) << shift) - 1;
    }
}
