package dev.courant.bench;

import dev.courant.check.Fault;
import dev.courant.check.Findings;

/**
 * What one trial showed.
 *
 * @param wanted how many events should have been delivered while it was measured
 * @param late how many of those connected were so only when it had begun to publish
 * @param published events a second, while it was measured
 * @param clientBusy the share of a core that the client's reading thread used: near 1, the client was the limit
 * @param residentKb the growth of the server's memory since before anyone connected, at the end
 * @param stillOpen of those that never read
 * @param stuck of those still open, how many have taken nothing for longer than they should have been left
 * @param closedSeconds from their connecting until all were closed; negative if it did not happen
 * @param closedAfter from the last byte that it took until the slowest of those closed was closed, in seconds
 */
record Figures(
        String server,
        int round,
        int readers,
        int connected,
        int refused,
        int ended,
        int late,
        double connectSeconds,
        int gaps,
        double published,
        int publishFailures,
        long publishP99,
        long wanted,
        long delivered,
        double seconds,
        Findings findings,
        long p50,
        long p99,
        long max,
        double cpuMicros,
        double clientBusy,
        double residentKb,
        long peakHeapMb,
        int neverReading,
        int stillOpen,
        long stuck,
        double closedSeconds,
        double closedAfter,
        String trouble) {

    double deliveredShare() {
        return wanted == 0 ? 0 : (double) delivered / wanted;
    }

    double residentKbEach() {
        return connected == 0 ? 0 : residentKb / connected;
    }

    boolean allConnected() {
        return connected == readers && refused == 0 && ended == 0 && late == 0;
    }

    long count(Fault fault) {
        return findings.count(fault);
    }
}
