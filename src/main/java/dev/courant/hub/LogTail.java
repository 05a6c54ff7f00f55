package dev.courant.hub;

import dev.courant.event.Topic;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The read position of a dispatcher, which follows the log to its head and passes new entries to the audiences. Not
 * thread-safe; used by the dispatcher thread only.
 */
final class LogTail {

    /** The maximum number of topics that are looked up in one turn; the last event of the turn may exceed it. */
    private static final int MAX_TOPICS = 256;

    private final EventLog log;
    private final AudienceRegistry audiences;
    private final Deque<Audience> unsealed = new ArrayDeque<>();
    private long offset; // every entry up to here has been passed to its audiences

    LogTail(EventLog log, AudienceRegistry audiences) {
        this.log = log;
        this.audiences = audiences;
        offset = log.head();
    }

    /** Returns the offset up to which the log has been read. */
    long offset() {
        return offset;
    }

    /**
     * Passes new entries to their audiences, about a batch in one call. The number of topics is limited too, because
     * each new topic is compared with many patterns.
     *
     * @param advance writes to a subscription that has new entries
     * @return whether there are more entries
     */
    boolean follow(Consumer<Subscription> advance) {
        long head = log.head();
        int bytes = 0;
        int topics = 0;
        while (offset < head && bytes < Audience.BATCH_BYTES && topics < MAX_TOPICS) {
            LogEntry entry = log.next(offset);
            if (entry == null) {
                skipToHead(head, advance);
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
        for (Audience audience = unsealed.peek(); audience != null; audience = unsealed.peek()) {
            audience.seal(); // before remove(): if it throws, the next turn seals the audience
            unsealed.remove();
            advanceAll(audience, advance);
            audience.discardOwnBatch();
        }
        return offset < head;
    }

    private void addTo(LogEntry entry, List<Audience> audiencesOfTopic) {
        for (Audience audience : audiencesOfTopic) {
            if (audience.add(entry, offset)) {
                unsealed.add(audience);
            }
        }
    }

    /**
     * Skips to the head, because entries were evicted before this thread read them. A subscription that has lost none
     * of its events reads on from the log; the others are disconnected.
     */
    private void skipToHead(long head, Consumer<Subscription> advance) {
        long previousOffset = offset;
        offset = head;
        unsealed.clear();
        List<Audience> all = List.copyOf(audiences.audiences());
        all.forEach(audience -> audience.skipOverrun(previousOffset, head));
        all.forEach(audience -> advanceAll(audience, advance));
    }

    /** Iterates backwards, because a failing subscription is removed by putting the last one in its place. */
    private static void advanceAll(Audience audience, Consumer<Subscription> advance) {
        for (int i = audience.subscriptions.size() - 1; i >= 0; i--) {
            advance.accept(audience.subscriptions.get(i));
        }
    }
}
