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
            String id = log.idOf(head).toString();
            byte[] bytes = WireFormat.opening(retryMillis, id, arrival.takesBlocksWithoutData());
            return new Opening(head, 0, Batch.control(bytes));
        }
        boolean all = asked.equals(Event.EARLIEST);
        OptionalLong known = all ? OptionalLong.of(0) : log.find(asked);
        boolean held = known.isPresent() && (all || log.floor(topics) <= known.getAsLong());
        long start = held ? log.within(topics, known.getAsLong(), limit) : head;
        boolean whole = held && start == known.getAsLong();
        // Until it has seen an event, a client that asks for all goes on asking for all.
        String id = all && whole ? asked : log.idOf(start).toString();
        // No id apart before a gap event: a client cut off between the two would come back with it, and never be told.
        boolean block = whole && arrival.takesBlocksWithoutData();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireFormat.opening(retryMillis, id, block));
        if (!whole) {
            bytes.writeBytes(
                    WireFormat.gap(asked.substring(0, Math.min(asked.length(), MAX_ID_LENGTH)), log.idOf(start)));
        }
        return new Opening(start, all ? log.floor(topics) : 0, Batch.control(bytes.toByteArray()));
    }
}
