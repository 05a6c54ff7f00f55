package dev.courant.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How far everything is at a time, or what has come to it since another.
 *
 * @param at in nanoseconds
 * @param issued the number of the event that is being published
 * @param delivered to all clients
 * @param nodeMicros what each node has computed
 * @param brokerMicros what the broker has, 0 if that cannot be seen
 * @param clientNanos what the threads that read have
 */
record NodesMoment(long at, int issued, long delivered, List<Long> nodeMicros, long brokerMicros, long clientNanos) {

    NodesMoment since(NodesMoment earlier) {
        return new NodesMoment(
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

    /** All nodes together. */
    long allMicros() {
        return nodeMicros.stream().mapToLong(Long::longValue).sum();
    }

    /** Of a core, in percent. */
    double busy(long micros) {
        return micros / seconds() / 1e4;
    }
}
