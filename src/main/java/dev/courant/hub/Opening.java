package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.Selection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import dev.courant.log.ReplayLimit;
import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream starts, and the first that its client is told.
 *
 * @param cursor all up to here is not for it
 * @param provenFrom what is missing up to here was not promised: a client that wants all there is takes what there is
 * @param resumesAfter see {@link Subscription#resumesAfter}
 * @param bytes to be written before anything else
 */
record Opening(long cursor, long provenFrom, @Nullable String resumesAfter, Batch bytes) {

    /** More of an id than any has is not repeated to the client. */
    private static final int MAX_ID_LENGTH = 256;

    /** The same, followed by further bytes. */
    Opening followedBy(byte[] more) {
        return new Opening(cursor, provenFrom, resumesAfter, bytes.followedBy(Batch.control(more)));
    }

    /** The place that a client names is its start, if all that came after is held; else a gap event says so. */
    static Opening of(EventLog log, Selection selection, Arrival arrival, ReplayLimit limit, long retryMillis) {
        String asked = arrival.lastEventId();
        long head = log.head();
        if (asked == null || asked.isEmpty()) {
            String id = log.idOf(head).toString();
            byte[] bytes = WireFormat.opening(retryMillis, id, arrival.takesBlocksWithoutData());
            return new Opening(head, 0, null, Batch.control(bytes));
        }
        boolean all = asked.equals(Event.EARLIEST);
        OptionalLong known = all ? OptionalLong.of(0) : log.find(asked);
        boolean held = known.isPresent() && (all || log.holds(selection, known.getAsLong()));
        long start = held ? log.within(selection, known.getAsLong(), limit) : head;
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
        // "The requested event does not exist or has been discarded": no event is known that came before.
        String resumesAfter = held ? id : Event.EARLIEST;
        return new Opening(
                start,
                all ? Math.min(log.floor(selection, 0), log.history().floor()) : 0,
                whole ? asked : resumesAfter,
                Batch.control(bytes.toByteArray()));
    }
}
