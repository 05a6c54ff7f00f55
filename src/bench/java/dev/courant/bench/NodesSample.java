package dev.courant.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The counters of a trial at one time, or the difference between two times.
 *
 * @param at the time in nanoseconds
 * @param issued the number of published events
 * @param delivered the number of events received by all clients
 * @param nodeMicros the CPU time of each node
 * @param brokerMicros the CPU time of the broker, or 0 if it is unknown
 * @param clientNanos the CPU time of the reading threads
 */
record NodesSample(long at, int issued, long delivered, List<Long> nodeMicros, long brokerMicros, long clientNanos) {

    NodesSample since(NodesSample earlier) {
        return new NodesSample(
                at - earlier.at,
                issued - earlier.issued,
                delivered - earlier.delivered,
                IntStream.range(0, nodeMicros.size())
                        .mapToObj(i -> nodeMicros.get(i) - earlier.nodeMicros.get(i))
                        .toList(),
                brokerMicros - earlier.brokerMicros,
                clientNanos - earlier.clientNanos);
    }

    double seconds() {
        return at / 1e9;
    }

    /** Returns the CPU time of all nodes. */
    long allMicros() {
        return nodeMicros.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns a CPU time in percent of a core. */
    double busy(long micros) {
        return micros / seconds() / 1e4;
    }
}
