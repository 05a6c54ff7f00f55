package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.ReplayStart;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The start of a stream: its offset in the log, and the first bytes for its client.
 *
 * @param cursor the offset after which the stream starts
 * @param checkedFrom the hub detects evictions only after this offset. Events up to it may be missing: the client
 *     receives a gap event for them or requested only the retained events
 * @param promise which events the hub must not skip before the first event is sent
 * @param endedTopics the topics that have ended before the cursor
 * @param resumesAfter see {@link Subscription#resumesAfter}
 * @param control bytes to write before any event
 */
record StreamStart(
        long cursor,
        long checkedFrom,
        Promise promise,
        Set<Topic> endedTopics,
        @Nullable String resumesAfter,
        Batch control) {

    /** The maximum length of the requested id in a gap event. A longer id is truncated. */
    private static final int MAX_ID_LENGTH = 256;

    /** Returns the same start with further control bytes. */
    StreamStart appendControl(byte[] more) {
        return new StreamStart(
                cursor,
                checkedFrom,
                promise,
                endedTopics,
                resumesAfter,
                Batch.control(more).prepend(control));
    }

    /**
     * The events that the hub must not skip before it has sent the first event. After the first event, this is always
     * {@link #ALL}.
     */
    enum Promise {
        /** All events after the cursor. If one is lost, the hub disconnects the client. */
        ALL,
        /** The retained events, after a gap event. If more are evicted, the hub sends another gap event. */
        RETAINED_AFTER_GAP,
        /** The retained events, as the client requested. No gap event is necessary. */
        RETAINED
    }

    /**
     * Determines the start of a stream, which is before the last end if all its topics have ended. The log finds it, unless it is the head. The stream starts with a gap event if events
     * are missing or exceed the limit.
     *
     * @throws StreamEndedException if all topics have ended at the id of the client or before it
     */
    static StreamStart of(
            EventLog log, TopicSelection selection, SubscribeRequest request, ReplayLimit limit, long retryMillis) {
        StartPosition position = request.start();
        if (position instanceof StartPosition.AfterId after
                && !after.lastEventId().isEmpty()) {
            String id = after.lastEventId();
            ReplayStart replay = log.findStart(id, selection, limit);
            EndedTopics ended = EndedTopics.find(log, selection);
            if (!replay.missing() && ended.areAllBefore(replay.after())) {
                throw new StreamEndedException();
            }
            return of(log, ended, request, id, id.equals(Event.EARLIEST), replay, retryMillis);
        }
        long head = log.awaitAcknowledgedHead();
        if (position instanceof StartPosition.Newest newest) {
            ReplayStart replay = log.findNewest(selection, limit.withMaxEvents(newest.events()));
            // Fewer events than requested are no gap: the client does not know how many there are.
            ReplayStart complete = new ReplayStart(replay.after(), replay.checkedFrom(), false, false);
            return of(log, EndedTopics.find(log, selection), request, "", true, complete, retryMillis);
        }
        if (position instanceof StartPosition.Since since) {
            ReplayStart replay =
                    log.findNewest(selection, limit.withSince(since.time().toEpochMilli()));
            String time = since.time().toString();
            return of(log, EndedTopics.find(log, selection), request, time, true, replay, retryMillis);
        }
        EndedTopics ended = EndedTopics.find(log, selection); // after the head: a later end follows the start
        head = ended.limitStart(head);
        String startId = log.idOf(head).toString();
        byte[] opening = WireFormat.opening(retryMillis, startId, request.takesBlocksWithoutData());
        return new StreamStart(head, 0, Promise.ALL, ended.before(head), null, Batch.control(opening));
    }

    /**
     * @param requested the id or the time that the client sent, for the gap event
     * @param newest whether the client requested the newest retained events
     */
    private static StreamStart of(
            EventLog log,
            EndedTopics ended,
            SubscribeRequest request,
            String requested,
            boolean newest,
            ReplayStart replay,
            long retryMillis) {
        long start = ended.limitStart(replay.after());
        boolean gap = replay.missing() || replay.truncated();
        boolean retainedOnly = newest || replay.missing();
        // A client that reconnects before its first event then requests all retained events again.
        String startId = newest && start == 0 ? Event.EARLIEST : log.idOf(start).toString();
        // Write no id before a gap event: a client that is disconnected between the two would resume after that id,
        // and never receive the gap event.
        ByteArrayOutputStream opening = new ByteArrayOutputStream();
        if (!gap) {
            opening.writeBytes(WireFormat.opening(retryMillis, startId, request.takesBlocksWithoutData()));
        } else {
            opening.writeBytes(WireFormat.retry(retryMillis));
            String excerpt = requested.substring(0, Math.min(requested.length(), MAX_ID_LENGTH));
            opening.writeBytes(
                    WireFormat.gap(excerpt, log.idOf(start), log.idOf(Math.max(start, replay.checkedFrom()))));
        }
        // The Mercure protocol requires this value if "the requested event does not exist or has been discarded".
        String resumesAfter = replay.truncated() ? startId : Event.EARLIEST;
        return new StreamStart(
                start,
                replay.checkedFrom(),
                !retainedOnly ? Promise.ALL : gap ? Promise.RETAINED_AFTER_GAP : Promise.RETAINED,
                ended.before(start),
                !request.hasLastEventId() ? null : gap ? resumesAfter : requested,
                Batch.control(opening.toByteArray()));
    }
}
