package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.Set;

/** A log of which one topic is used, and how its readers see it. */
record SingleTopicLog(MemoryLog log) {

    private static final Topic TOPIC = new Topic("t");
    private static final TopicSelection TOPICS = TopicSelection.of(Set.of(TOPIC));

    EventId append(String data) {
        return log.append(Event.message(TOPIC, data)).toCompletableFuture().join();
    }

    /** Whether who has seen this offset misses nothing. */
    boolean holds(long offset) {
        return log.floor(TOPICS, 0) <= offset && offset <= log.head();
    }

    /** All that is held after an offset. */
    List<LogEntry> after(long offset) {
        return log.read(TOPICS, offset, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** As many as can be read, which has to be all up to the head. */
    long held() {
        long count = after(0).size();
        long before = log.head() - count;
        if (!holds(before) || (before > 0 && holds(before - 1))) {
            throw new AssertionError(count + " are held, but who has seen " + before + " is told otherwise");
        }
        return count;
    }
}
