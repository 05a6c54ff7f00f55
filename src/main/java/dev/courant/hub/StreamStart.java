package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import dev.courant.log.ReplayLimit;
import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The start of a stream: its offset in the log, and the first bytes for its client.
 *
 * @param cursor the stream starts with the first event after this offset
 * @param provenFrom events up to here may be missing: the client was told so, or asked for what is retained
 * @param promise what happens if more is evicted before the first event is sent
 * @param resumesAfter see {@link Subscription#resumesAfter}
 * @param bytes to be written before anything else
 */
record StreamStart(
        long cursor,
        long provenFrom,
        Promise promise,
        @Nullable String resumesAfter,
        Batch bytes) {

    /** A longer id is not repeated to the client in full. */
    private static final int MAX_ID_LENGTH = 256;

    /** The same, followed by further bytes. */
    StreamStart followedBy(byte[] more) {
        return new StreamStart(
                cursor, provenFrom, promise, resumesAfter, Batch.control(more).after(bytes));
    }

    /** What a client can rely on until its first event is sent; from then on, nothing is missing. */
    enum Promise {
        /** Every event after the cursor. */
        ALL,
        /** The retained events: it was told of a gap, and is told of another if more is evicted. */
        RETAINED_AFTER_GAP,
        /** The retained events: it asked for those. */
        RETAINED
    }

    /**
     * Returns the start for a client. It starts after the id that the client names, if all that came after is retained.
     * Otherwise a gap event says so, and the stream starts with the oldest retained event that the client cannot have
     * seen, as far as the limit allows.
     */
    static StreamStart of(
            EventLog log, TopicSelection selection, SubscribeRequest arrival, ReplayLimit limit, long retryMillis) {
        String asked = arrival.lastEventId();
        if (asked == null || asked.isEmpty()) {
            long head = log.settledHead();
            String id = log.idOf(head).toString();
            byte[] bytes = WireFormat.opening(retryMillis, id, arrival.takesBlocksWithoutData());
            return new StreamStart(head, 0, Promise.ALL, null, Batch.control(bytes));
        }
        long head = log.head();
        boolean all = asked.equals(Event.EARLIEST);
        OptionalLong known = all ? OptionalLong.of(0) : log.find(asked, selection);
        long seen = known.isPresent() ? known.getAsLong() : log.findEndOfEpoch(asked);
        boolean held = known.isPresent() && (all || log.holds(selection, seen));
        long limited = log.within(selection, seen, limit);
        boolean truncated = limited > seen;
        boolean gap = !held || truncated;
        long start = held || truncated ? limited : log.findOldest(selection, seen, head);
        boolean retained = all || !held;
        // Determined last: what is evicted from now on is found missing when it is read.
        long provenFrom =
                retained ? Math.min(log.floor(selection, start), log.history().floor(selection, start)) : 0;
        // Until it has seen an event, a client that asks for all goes on asking for all.
        String id = all && !gap ? asked : log.idOf(start).toString();
        // No id apart before a gap event: a client cut off between the two would come back with it, and never be told.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!gap) {
            bytes.writeBytes(WireFormat.opening(retryMillis, id, arrival.takesBlocksWithoutData()));
        } else {
            bytes.writeBytes(WireFormat.retry(retryMillis));
            String requested = asked.substring(0, Math.min(asked.length(), MAX_ID_LENGTH));
            bytes.writeBytes(WireFormat.gap(requested, log.idOf(start), log.idOf(Math.max(start, provenFrom))));
        }
        // "The requested event does not exist or has been discarded": no event is known that came before.
        String resumesAfter = truncated ? id : Event.EARLIEST;
        return new StreamStart(
                start,
                provenFrom,
                !retained ? Promise.ALL : gap ? Promise.RETAINED_AFTER_GAP : Promise.RETAINED,
                gap ? resumesAfter : asked,
                Batch.control(bytes.toByteArray()));
    }
}
