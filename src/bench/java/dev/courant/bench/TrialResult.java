package dev.courant.bench;

import dev.courant.check.CheckFindings;
import dev.courant.check.DeliveryFault;

/**
 * The result of one trial.
 *
 * @param wanted the number of deliveries that were due during the measurement
 * @param late the number of streams that were opened after publishing began
 * @param published the number of events a second during the measurement
 * @param clientBusy the share of a core that the client's reading thread used; near 1, the client was the limit
 * @param residentKb the growth of the server's memory from before the first connection to the end
 * @param stillOpen the number of clients that never read and are still connected
 * @param stuck the number of those that have accepted no byte for longer than allowed
 * @param closedSeconds the time from connecting until all were closed; negative if some are open
 * @param closedAfter the maximum time from the last accepted byte until the server closed the connection, in seconds
 */
record TrialResult(
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
        CheckFindings findings,
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
        String problems) {

    double deliveredShare() {
        return wanted == 0 ? 0 : (double) delivered / wanted;
    }

    double residentKbEach() {
        return connected == 0 ? 0 : residentKb / connected;
    }

    boolean allConnected() {
        return connected == readers && refused == 0 && ended == 0 && late == 0;
    }

    long count(DeliveryFault fault) {
        return findings.count(fault);
    }
}
