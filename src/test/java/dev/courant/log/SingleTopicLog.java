package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.Set;

/** A log with a single topic, as its readers see it. */
record SingleTopicLog(MemoryLog log) {

    private static final Topic TOPIC = new Topic("t");
    private static final TopicSelection TOPICS = TopicSelection.of(Set.of(TOPIC));

    EventId append(String data) {
        return log.append(Event.message(TOPIC, data)).toCompletableFuture().join();
    }

    /** Returns whether a client that has seen this offset misses nothing. */
    boolean canReplayFrom(long offset) {
        return log.floor(TOPICS, 0) <= offset && offset <= log.head();
    }

    /** Returns all retained entries after an offset. */
    List<LogEntry> readAfter(long offset) {
        return log.read(TOPICS, offset, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Returns the number of readable entries, which must be all up to the head. */
    long countRetained() {
        long count = readAfter(0).size();
        long before = log.head() - count;
        if (!canReplayFrom(before) || (before > 0 && canReplayFrom(before - 1))) {
            throw new AssertionError(
                    count + " entries are retained, but a client at " + before + " cannot replay them");
        }
        return count;
    }
}
