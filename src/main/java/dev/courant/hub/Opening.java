package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import dev.courant.log.ReplayLimit;
import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where a stream starts, and the first that its client is told.
 *
 * @param cursor all up to here is not for it
 * @param provenFrom what is missing up to here was not promised: a client that wants all there is takes what there is
 * @param bytes to be written before anything else
 */
record Opening(long cursor, long provenFrom, Batch bytes) {

    /** More of an id than any has is not repeated to the client. */
    private static final int MAX_ID_LENGTH = 256;

    /** The place that a client names is its start, if all that came after is held; else a gap event says so. */
    static Opening of(EventLog log, Set<Topic> topics, Arrival arrival, ReplayLimit limit, long retryMillis) {
        String asked = arrival.lastEventId();
        long head = log.head();
        if (asked == null || asked.isEmpty()) {
            return new Opening(head, 0, Batch.control(opening(log, arrival, retryMillis, head)));
        }
        boolean all = asked.equals(Event.EARLIEST);
        OptionalLong known = all ? OptionalLong.of(0) : log.find(asked);
        boolean held = known.isPresent() && (all || log.floor(topics) <= known.getAsLong());
        long start = held ? log.within(topics, known.getAsLong(), limit) : head;
        boolean whole = held && start == known.getAsLong();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (all && whole) {
            // Until it has seen an event, the client goes on asking for all.
            bytes.writeBytes(WireFormat.opening(retryMillis, Event.EARLIEST, arrival.takesBlocksWithoutData()));
        } else {
            bytes.writeBytes(opening(log, arrival, retryMillis, start));
        }
        if (!whole) {
            bytes.writeBytes(
                    WireFormat.gap(asked.substring(0, Math.min(asked.length(), MAX_ID_LENGTH)), log.idOf(start)));
        }
        return new Opening(start, all ? log.floor(topics) : 0, Batch.control(bytes.toByteArray()));
    }

    private static byte[] opening(EventLog log, Arrival arrival, long retryMillis, long start) {
        return WireFormat.opening(retryMillis, log.idOf(start).toString(), arrival.takesBlocksWithoutData());
    }
}
