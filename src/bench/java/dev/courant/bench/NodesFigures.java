package dev.courant.bench;

import dev.courant.check.Fault;
import dev.courant.check.Findings;
import java.util.List;

/**
 * What one trial of several nodes showed.
 *
 * @param atRest when nobody was connected
 * @param publishing while it was published
 * @param measured the same, and until the last event had arrived
 * @param astray streams that were refused, ended by the server, or opened only when publishing had begun
 * @param findings each node's
 * @param notes what a row has no room for
 */
record NodesFigures(
        int nodes,
        int round,
        int readers,
        int connected,
        int astray,
        int publishFailures,
        int gaps,
        NodesMoment atRest,
        NodesMoment publishing,
        NodesMoment measured,
        List<Findings> findings,
        Latency latency,
        List<String> notes) {

    double published() {
        return publishing.issued() / publishing.seconds();
    }

    /** Of all nodes, for each event that a client received. */
    double cpuMicros() {
        return (double) measured.allMicros() / measured.delivered();
    }

    /** The mean of the nodes, of a core in percent. */
    double busyEach() {
        return measured.busy(measured.allMicros()) / nodes;
    }

    long count(Fault fault) {
        return findings.stream().mapToLong(each -> each.count(fault)).sum();
    }

    boolean whole(double rate) {
        return connected == readers
                && astray == 0
                && gaps == 0
                && publishFailures == 0
                && published() >= rate
                && findings.stream().allMatch(Findings::clean);
    }
}
