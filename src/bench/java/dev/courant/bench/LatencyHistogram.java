package dev.courant.bench;

import java.util.Arrays;

/**
 * A histogram of latencies in microseconds, with an error of 0.1 % and a fixed size. Not thread-safe; other threads may read
 * it after the recording thread has ended.
 */
final class LatencyHistogram {

    private static final int PRECISION_BITS = 10;
    private static final int EXACT = 2 << PRECISION_BITS;
    private static final int HALF = 1 << PRECISION_BITS;
    private static final long MAX_MICROS = 1L << 40;

    private final long[] counts = new long[index(MAX_MICROS) + 1];
    private long count;
    private long max;

    void record(long micros) {
        long value = Math.min(Math.max(micros, 0), MAX_MICROS);
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

    /** Returns the latency of a percentile, rounded up, or 0 if the histogram is empty. */
    long percentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(highestValue(i), max);
            }
        }
        return 0;
    }

    /** Adds the values of another histogram. */
    void add(LatencyHistogram other) {
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
        int shift = Long.SIZE - 1 - PRECISION_BITS - Long.numberOfLeadingZeros(value);
        return (int) (value >>> shift) + shift * HALF;
    }

    private static long highestValue(int index) {
        if (index < EXACT) {
            return index;
        }
        int shift = index / HALF - 1;
        long digits = index - (long) shift * HALF;
        return ((digits + 1) << shift) - 1;
    }
}
