package dev.courant.hub;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The topics of a selection that have ended, with the offsets of their ends. A topic whose end the client may not read does
 * not count: nothing reveals to the client that it exists.
 *
 * @param ends the offset of the end of each ended topic
 * @param isComplete whether all topics of the selection have ended
 */
record EndedTopics(Map<Topic, Long> ends, boolean isComplete) {

    /** Finds the ended topics of a selection. A selection with patterns never ends. May wait. */
    static EndedTopics find(EventLog log, TopicSelection selection) {
        Map<Topic, Long> ends = new HashMap<>();
        for (Topic topic : selection.isExact() ? selection.topics() : Set.<Topic>of()) {
            LogEntry end = log.findEnd(topic);
            if (end != null && end.isReadableBy(selection)) {
                ends.put(topic, end.offset());
            }
        }
        return new EndedTopics(
                ends, !ends.isEmpty() && ends.size() == selection.topics().size());
    }

    /** Returns whether no event follows an offset, because all topics ended before it. */
    boolean areAllBefore(long offset) {
        return isComplete && lastEnd() <= offset;
    }

    /** Returns the start of a stream, which is before the last end: the client receives this end in any case. */
    long limitStart(long start) {
        return areAllBefore(start) ? lastEnd() - 1 : start;
    }

    /** Returns the topics that ended at an offset or before it. */
    Set<Topic> before(long offset) {
        return ends.entrySet().stream()
                .filter(end -> end.getValue() <= offset)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private long lastEnd() {
        return ends.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
