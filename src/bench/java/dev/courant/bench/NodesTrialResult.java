package dev.courant.bench;

import dev.courant.check.CheckFindings;
import dev.courant.check.DeliveryFault;
import java.util.List;

/**
 * The result of one trial with several nodes.
 *
 * @param atRest the figures without clients
 * @param publishing the figures during publishing
 * @param measured the figures from the start of publishing until the last event was received
 * @param failedStreams the number of streams that were rejected, ended by the server, or opened during publishing
 * @param findings the findings of each node
 * @param notes remarks to print below the table
 */
record NodesTrialResult(
        int nodes,
        int round,
        int readers,
        int connected,
        int failedStreams,
        int publishFailures,
        int gaps,
        NodesSample atRest,
        NodesSample publishing,
        NodesSample measured,
        List<CheckFindings> findings,
        LatencyHistogram latency,
        List<String> notes) {

    double published() {
        return publishing.issued() / publishing.seconds();
    }

    /** Returns the CPU time of all nodes for each received event. */
    double cpuMicros() {
        return (double) measured.allMicros() / measured.delivered();
    }

    /** Returns the mean CPU usage of a node, in percent of a core. */
    double busyEach() {
        return measured.busy(measured.allMicros()) / nodes;
    }

    long count(DeliveryFault fault) {
        return findings.stream().mapToLong(each -> each.count(fault)).sum();
    }

    boolean isComplete(double rate) {
        return connected == readers
                && failedStreams == 0
                && gaps == 0
                && publishFailures == 0
                && published() >= rate
                && findings.stream().allMatch(CheckFindings::isClean);
    }
}
