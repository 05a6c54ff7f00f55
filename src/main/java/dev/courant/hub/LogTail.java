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
    private static final int MOST_TOPICS = 256;

    private final EventLog log;
    private final AudienceRegistry audiences;
    private final Deque<Audience> touched = new ArrayDeque<>();
    private long at; // every entry up to here has been handed to its audiences

    LogTail(EventLog log, AudienceRegistry audiences) {
        this.log = log;
        this.audiences = audiences;
        at = log.head();
    }

    /** Up to where the log has been handed out. */
    long at() {
        return at;
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
        while (at < head && bytes < Audience.BATCH_BYTES && topics < MOST_TOPICS) {
            LogEntry entry = log.next(at);
            if (entry == null) {
                leap(head, advance);
                return true;
            }
            for (Topic topic : entry.topics()) {
                handOut(entry, audiences.naming(topic));
                handOut(entry, audiences.matching(topic));
            }
            bytes += entry.frame().length;
            topics += entry.topics().size();
            at = entry.offset();
        }
        for (Audience audience = touched.peek(); audience != null; audience = touched.peek()) {
            audience.seal(); // what an error leaves unsealed is still there in the next turn
            touched.remove();
            advanceAll(audience, advance);
            audience.letGoOfOwn();
        }
        return at < head;
    }

    private void handOut(LogEntry entry, List<Audience> listening) {
        for (Audience audience : listening) {
            if (audience.add(entry, at)) {
                touched.add(audience);
            }
        }
    }

    /** Publishers were faster than this thread. Who lost nothing by it reads on from the log; the others are let go of. */
    private void leap(long head, Consumer<Subscription> advance) {
        long before = at;
        at = head;
        touched.clear();
        List<Audience> all = List.copyOf(audiences.all());
        all.forEach(audience -> audience.lost(before, head));
        all.forEach(audience -> advanceAll(audience, advance));
    }

    /** From the end, since one that breaks is taken out by putting the last in its place. */
    private static void advanceAll(Audience audience, Consumer<Subscription> advance) {
        for (int i = audience.subscriptions.size() - 1; i >= 0; i--) {
            advance.accept(audience.subscriptions.get(i));
        }
    }
}
