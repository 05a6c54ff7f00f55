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
 * @param checkedFrom the log is checked for evicted events only after this offset. Earlier events may be missing: the
 *     client was sent a gap event for them or requested only the retained ones
 * @param promise which events the client can rely on until its first event is sent
 * @param resumesAfter see {@link Subscription#resumesAfter}
 * @param control bytes to write before any event
 */
record StreamStart(
        long cursor,
        long checkedFrom,
        Promise promise,
        @Nullable String resumesAfter,
        Batch control) {

    /** A longer id is truncated in the gap event. */
    private static final int MAX_ID_LENGTH = 256;

    /** Returns the same start with further control bytes. */
    StreamStart appendControl(byte[] more) {
        return new StreamStart(
                cursor, checkedFrom, promise, resumesAfter, Batch.control(more).prepend(control));
    }

    /** The events that a client can rely on until its first event is sent. From then on, none is missing. */
    enum Promise {
        /** Every event after the cursor. */
        ALL,
        /** The retained events. The client has been sent a gap event, and is sent another if more is evicted. */
        RETAINED_AFTER_GAP,
        /** The retained events, as the client requested. */
        RETAINED
    }

    /**
     * Returns the start for a client. If all later events are retained, the stream starts after the id that the client
     * names. Otherwise it starts with a gap event and the oldest retained event that the client cannot have seen. The
     * limit may move the start further.
     */
    static StreamStart of(
            EventLog log, TopicSelection selection, SubscribeRequest request, ReplayLimit limit, long retryMillis) {
        String requestedId = request.lastEventId();
        if (requestedId == null || requestedId.isEmpty()) {
            long head = log.awaitAcknowledgedHead();
            String startId = log.idOf(head).toString();
            byte[] opening = WireFormat.opening(retryMillis, startId, request.takesBlocksWithoutData());
            return new StreamStart(head, 0, Promise.ALL, null, Batch.control(opening));
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
        // Read the floor last: later evictions are detected when the entries are read.
        long checkedFrom = retainedOnly
                ? Math.min(log.floor(selection, start), log.history().floor(selection, start))
                : 0;
        // Until it has seen an event, a client that requested all events keeps requesting all.
        String startId = fromEarliest && !gap ? requestedId : log.idOf(start).toString();
        // Write no separate id before a gap event: a client disconnected between the two would resume from that id, and
        // never receive the gap event.
        ByteArrayOutputStream opening = new ByteArrayOutputStream();
        if (!gap) {
            opening.writeBytes(WireFormat.opening(retryMillis, startId, request.takesBlocksWithoutData()));
        } else {
            opening.writeBytes(WireFormat.retry(retryMillis));
            String requested = requestedId.substring(0, Math.min(requestedId.length(), MAX_ID_LENGTH));
            opening.writeBytes(WireFormat.gap(requested, log.idOf(start), log.idOf(Math.max(start, checkedFrom))));
        }
        // Mercure: "the requested event does not exist or has been discarded". No earlier event is known.
        String resumesAfter = truncated ? startId : Event.EARLIEST;
        return new StreamStart(
                start,
                checkedFrom,
                !retainedOnly ? Promise.ALL : gap ? Promise.RETAINED_AFTER_GAP : Promise.RETAINED,
                gap ? resumesAfter : requestedId,
                Batch.control(opening.toByteArray()));
    }
}
