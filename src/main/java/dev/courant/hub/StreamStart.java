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
        long checkedFrom,
        Promise promise,
        @Nullable String resumesAfter,
        Batch control) {

    /** A longer id is not repeated to the client in full. */
    private static final int MAX_ID_LENGTH = 256;

    /** The same, followed by further bytes. */
    StreamStart appendControl(byte[] more) {
        return new StreamStart(
                cursor, checkedFrom, promise, resumesAfter, Batch.control(more).prepend(control));
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
            EventLog log, TopicSelection selection, SubscribeRequest request, ReplayLimit limit, long retryMillis) {
        String requestedId = request.lastEventId();
        if (requestedId == null || requestedId.isEmpty()) {
            long head = log.awaitAcknowledgedHead();
            String id = log.idOf(head).toString();
            byte[] bytes = WireFormat.opening(retryMillis, id, request.takesBlocksWithoutData());
            return new StreamStart(head, 0, Promise.ALL, null, Batch.control(bytes));
        }
        long head = log.head();
        boolean fromEarliest = requestedId.equals(Event.EARLIEST);
        OptionalLong known = fromEarliest ? OptionalLong.of(0) : log.find(requestedId, selection);
        long seen = known.isPresent() ? known.getAsLong() : log.findEndOfEpoch(requestedId);
        boolean replayable = known.isPresent() && (fromEarliest || log.canReplayFrom(selection, seen));
        long replayStart = log.findReplayStart(selection, seen, limit);
        boolean truncated = replayStart > seen;
        boolean gap = !replayable || truncated;
        long start = replayable || truncated ? replayStart : log.findOldest(selection, seen, head);
        boolean retainedOnly = fromEarliest || !replayable;
        // Determined last: what is evicted from now on is found missing when it is read.
        long checkedFrom = retainedOnly
                ? Math.min(log.floor(selection, start), log.history().floor(selection, start))
                : 0;
        // Until it has seen an event, a client that asks for all goes on asking for all.
        String id = fromEarliest && !gap ? requestedId : log.idOf(start).toString();
        // No id apart before a gap event: a client cut off between the two would come back with it, and never be told.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!gap) {
            bytes.writeBytes(WireFormat.opening(retryMillis, id, request.takesBlocksWithoutData()));
        } else {
            bytes.writeBytes(WireFormat.retry(retryMillis));
            String requested = requestedId.substring(0, Math.min(requestedId.length(), MAX_ID_LENGTH));
            bytes.writeBytes(WireFormat.gap(requested, log.idOf(start), log.idOf(Math.max(start, checkedFrom))));
        }
        // "The requested event does not exist or has been discarded": no event is known that came before.
        String resumesAfter = truncated ? id : Event.EARLIEST;
        return new StreamStart(
                start,
                checkedFrom,
                !retainedOnly ? Promise.ALL : gap ? Promise.RETAINED_AFTER_GAP : Promise.RETAINED,
                gap ? resumesAfter : requestedId,
                Batch.control(bytes.toByteArray()));
    }
}
