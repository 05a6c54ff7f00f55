package dev.courant.log;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as stored: its place and its bytes on the wire, encoded once for all who will read it.
 *
 * @param offset the place in the log; grows from entry to entry
 * @param topics the canonical one first
 * @param restricted only for those who may read one of the topics
 * @param publishedId the publisher's own id, if it chose one
 * @param frame shared by every subscriber; nobody may change it
 * @param storedAt on the log's own monotonic clock, in nanoseconds
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: a copy for each reader is what the log is there to avoid
public record LogEntry(
        long offset,
        List<Topic> topics,
        boolean restricted,
        @Nullable String publishedId,
        byte[] frame,
        long storedAt) {

    private static final byte[] NO_BYTES = {};

    /** In the place of an offset that no event has: for nobody. */
    static LogEntry placeholder(long offset) {
        return new LogEntry(offset, List.of(), true, null, NO_BYTES, 0);
    }

    /** The same entry with equal topics, of which there is one copy for all entries. */
    LogEntry withTopics(List<Topic> shared) {
        return shared == topics ? this : new LogEntry(offset, shared, restricted, publishedId, frame, storedAt);
    }

    /** Whether this was chosen by who made the selection, and may be read. */
    public boolean isSelectedBy(TopicSelection selection) {
        for (Topic topic : topics) {
            if (selection.selects(topic)) {
                return isReadableBy(selection);
            }
        }
        return false;
    }

    /** Whether who made the selection may read this. */
    public boolean isReadableBy(TopicSelection selection) {
        return selection.canRead(topics, restricted);
    }
}
