package dev.courant.hub;

import dev.courant.event.Topic;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader with which a dispatcher follows the log. It reads new entries up to the head and adds them to the
 * audiences that select them. Not thread-safe; used by the dispatcher thread only.
 */
final class LogTail {

    /**
     * The maximum number of topics that one call of {@link #follow} looks up. The topics of its last entry may exceed
     * it.
     */
    private static final int MAX_TOPICS = 256;

    private final EventLog log;
    private final AudienceRegistry audiences;
    private final Deque<Audience> changed = new ArrayDeque<>(); // with new entries, or with skipped ones
    private long offset; // every entry up to here was added to its audiences

    LogTail(EventLog log, AudienceRegistry audiences) {
        this.log = log;
        this.audiences = audiences;
        offset = log.head();
    }

    /** Returns the tail offset: the offset up to which this dispatcher has read the log. */
    long offset() {
        return offset;
    }

    /**
     * Adds new entries to their audiences. One call reads about a batch. It also limits the number of topics, because a
     * new topic is compared with many patterns.
     *
     * @return whether there are more entries
     */
    boolean follow() {
        long head = log.head();
        int bytes = 0;
        int topics = 0;
        while (offset < head && bytes < Audience.BATCH_BYTES && topics < MAX_TOPICS) {
            LogEntry entry = log.next(offset);
            if (entry == null) {
                skipToHead(head);
                return true;
            }
            for (Topic topic : entry.topics()) {
                addTo(entry, audiences.findByName(topic));
                addTo(entry, audiences.findByPattern(topic));
            }
            bytes += entry.frame().length;
            topics += entry.topics().size();
            offset = entry.offset();
        }
        return offset < head;
    }

    /** Returns the next audience whose subscriptions must advance, or {@code null} if there are no more. */
    @Nullable
    Audience pollChanged() {
        Audience audience = changed.peek();
        if (audience != null) {
            audience.seal(); // if it throws, the audience is still queued, and the next turn seals it
            changed.remove();
        }
        return audience;
    }

    private void addTo(LogEntry entry, List<Audience> audiencesOfTopic) {
        for (Audience audience : audiencesOfTopic) {
            if (audience.add(entry, offset)) {
                changed.add(audience);
            }
        }
    }

    /**
     * Skips to the head, because the ring of the log does not contain the next entry. Subscriptions then read the
     * entries after their cursors from the window or the history. If some of these are lost, {@link Audience#nextBatch}
     * detects it.
     */
    private void skipToHead(long head) {
        audiences.audiences().forEach(audience -> audience.skipOverrun(offset, head));
        offset = head;
        changed.clear();
        changed.addAll(audiences.audiences());
    }
}
