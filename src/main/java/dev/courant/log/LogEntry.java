package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in the log: its offset, its topics and its frame, the encoded bytes that all subscribers share.
 *
 * @param offset the position in the log
 * @param kind the kind of the event
 * @param topics the canonical topic first
 * @param restricted whether the event is private: only subscribers authorized for one of its topics receive it
 * @param publishedId the id that the publisher chose, if any
 * @param frame shared by all subscribers; must not be modified
 * @param storedAt nanoseconds on the log's monotonic clock
 * @param millis the time at which it was stored, in milliseconds since 1970 by the wall clock
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: the log avoids a copy for each reader
public record LogEntry(
        long offset,
        EventKind kind,
        List<Topic> topics,
        boolean restricted,
        @Nullable String publishedId,
        byte[] frame,
        long storedAt,
        long millis) {

    private static final byte[] NO_BYTES = {};

    /**
     * Creates the entry of an event.
     *
     * @param body the {@link WireFormat#body} of the event
     * @param id the log's id for it; the frame contains the publisher's id instead if there is one
     */
    public static LogEntry of(long offset, EventId id, Event event, byte[] body, long storedAt, long millis) {
        String published = event.id();
        byte[] frame = WireFormat.frame(published == null ? id.toString() : published, body);
        return new LogEntry(
                offset, event.kind(), event.topics(), event.restricted(), published, frame, storedAt, millis);
    }

    /** Returns a placeholder for an offset without an event. It matches no selection. */
    static LogEntry placeholder(long offset) {
        return new LogEntry(offset, EventKind.EVENT, List.of(), true, null, NO_BYTES, 0, 0);
    }

    /**
     * Returns this entry with other {@link Topic} objects of the same names. Entries share these objects, to save
     * memory.
     */
    LogEntry withTopics(List<Topic> shared) {
        return shared == topics
                ? this
                : new LogEntry(offset, kind, shared, restricted, publishedId, frame, storedAt, millis);
    }

    /** Returns whether the selection selects one of the topics and its subscriber may read this entry. */
    public boolean isSelectedBy(TopicSelection selection) {
        for (Topic topic : topics) {
            if (selection.selects(topic)) {
                return isReadableBy(selection);
            }
        }
        return false;
    }

    /** Returns whether the subscriber with this selection may read this entry. */
    public boolean isReadableBy(TopicSelection selection) {
        return selection.canRead(topics, restricted);
    }
}
