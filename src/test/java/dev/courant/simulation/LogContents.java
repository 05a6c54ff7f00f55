package dev.courant.simulation;

import dev.courant.event.RandomTopics;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import dev.courant.log.LogRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the events that a log retains: those of its history, or of its window if it has no history. */
final class LogContents {

    private LogContents() {}

    static List<LogEntry> read(EventLog log, TopicSelection selection, long after, long upTo) {
        if (log.history().floor() == Long.MAX_VALUE) {
            return log.read(selection, after, upTo, Integer.MAX_VALUE);
        }
        List<LogEntry> entries = new ArrayList<>();
        for (long at = after; at < upTo; ) {
            LogRange range = log.history().read(selection, at, upTo, Integer.MAX_VALUE);
            BrokenRuleException.require(
                    range.upTo() > at, Rule.NO_INTERNAL_ERROR, "a read of the history returned nothing after %d", at);
            entries.addAll(range.entries());
            at = range.upTo();
        }
        return entries;
    }

    /**
     * Returns a selection of the same events by names only. A log may find more by patterns: an event that a selected
     * topic no longer retains, but another topic does.
     */
    static TopicSelection byNames(TopicSelection selection) {
        Set<Topic> topics = RandomTopics.ALL.stream().filter(selection::selects).collect(Collectors.toSet());
        return new TopicSelection(topics, Set.of(), selection.readable());
    }

    static Set<Long> offsets(EventLog log, TopicSelection selection, long after) {
        return read(log, selection, after, log.head()).stream()
                .map(LogEntry::offset)
                .collect(Collectors.toSet());
    }
}
