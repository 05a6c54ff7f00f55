package dev.courant.hub;

import dev.courant.event.Topic;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Follows the log to its head and hands what is new to the audiences. Used by its dispatcher's thread alone. */
final class LogTail {

    /** A turn ends after so many topics were looked up; the last event of the turn may exceed it. */
    private static final int MAX_TOPICS = 256;

    private final EventLog log;
    private final AudienceRegistry audiences;
    private final Deque<Audience> unsealed = new ArrayDeque<>();
    private long offset; // every entry up to here has been handed to its audiences

    LogTail(EventLog log, AudienceRegistry audiences) {
        this.log = log;
        this.audiences = audiences;
        offset = log.head();
    }

    /** Up to where the log has been handed out. */
    long offset() {
        return offset;
    }

    /**
     * Hands out what is new, at most a batch of it, and of bounded work: a new topic is compared with many patterns.
     *
     * @param advance has the subscriptions that it concerns written to
     * @return whether there is more
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
            audience.seal(); // what an error leaves unsealed is still there in the next turn
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

    /** Publishers were faster than this thread. Who lost nothing by it reads on from the log; the others are let go of. */
    private void skipToHead(long head, Consumer<Subscription> advance) {
        long previousOffset = offset;
        offset = head;
        unsealed.clear();
        List<Audience> all = List.copyOf(audiences.audiences());
        all.forEach(audience -> audience.skipOverrun(previousOffset, head));
        all.forEach(audience -> advanceAll(audience, advance));
    }

    /** From the end, since one that breaks is taken out by putting the last in its place. */
    private static void advanceAll(Audience audience, Consumer<Subscription> advance) {
        for (int i = audience.subscriptions.size() - 1; i >= 0; i--) {
            advance.accept(audience.subscriptions.get(i));
        }
    }
}
