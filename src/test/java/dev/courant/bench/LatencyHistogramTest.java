package dev.courant.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private final LatencyHistogram latency = new LatencyHistogram();

    @Test
    void isExactForSmallFigures() {
        for (int micros = 1; micros <= 1000; micros++) {
            latency.record(micros);
        }
        assertEquals(500, latency.percentile(50));
        assertEquals(990, latency.percentile(99));
        assertEquals(1000, latency.percentile(100));
        assertEquals(1000, latency.max());
        assertEquals(1000, latency.count());
    }

    @Test
    void hasASmallErrorForLargeFigures() {
        long[] all = new SplittableRandom(7).longs(20_000, 1, 50_000_000).toArray();
        Arrays.stream(all).forEach(latency::record);
        Arrays.sort(all);
        for (double percent : new double[] {0.01, 1, 50, 90, 99, 99.9, 100}) {
            long exact = all[(int) Math.ceil(all.length * percent / 100) - 1];
            long told = latency.percentile(percent);
            assertTrue(told >= exact && told <= exact * 1.001, () -> percent + " %: " + told + " for " + exact);
        }
    }

    @Test
    void acceptsAnyValue() {
        latency.record(-5);
        latency.record(Long.MAX_VALUE);
        assertEquals(0, latency.percentile(50));
        assertEquals(1L << 40, latency.percentile(99));
    }

    @Test
    void addsAnotherHistogram() {
        LatencyHistogram other = new LatencyHistogram();
        for (int micros = 1; micros <= 500; micros++) {
            latency.record(micros);
            other.record(500 + micros);
        }
        latency.add(other);
        assertEquals(1000, latency.count());
        assertEquals(1000, latency.max());
        assertEquals(500, latency.percentile(50));
        assertEquals(990, latency.percentile(99));
    }

    @Test
    void isZeroWithoutValues() {
        assertEquals(0, latency.percentile(99));
    }
}
