package dev.courant.simulation;

import dev.courant.event.RandomTopics;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The events after an offset that the log retained when a stream began. */
final class RetainedEvents {

    private final World world;
    private final EventLog log;
    private final TopicSelection selection;
    private final Set<Long> readable;
    private long head;
    private boolean allRetained;

    RetainedEvents(World world, EventLog log, TopicSelection selection, long after) {
        this.world = world;
        this.log = log;
        this.selection = selection;
        readable = LogContents.offsets(log, selection, after);
    }

    /** Determines whether a gap event is justified now. */
    void compareAgain(long after) {
        head = world.model.head();
        try {
            allRetained = isAllRetained(after);
        } catch (LogUnavailableException unknown) {
            allRetained = false;
        }
    }

    private boolean isAllRetained(long after) {
        List<LogModel.Entry> selected = world.model.selected(selection, after, head);
        boolean whole =
                world.model.between(after, head).size() == head - after; // otherwise an offset is of a lost event
        return whole
                && LogContents.offsets(log, selection, after).size() == selected.size()
                && retainsEachTopic(world, log, after)
                && selected.stream().noneMatch(this::exceedsReplayLimit);
    }

    /** A floor may be that of another topic, so that any evicted event permits a gap. */
    private static boolean retainsEachTopic(World world, EventLog log, long after) {
        Map<Topic, Set<Long>> offsets = new HashMap<>();
        for (Topic topic : RandomTopics.ALL) {
            TopicSelection one = new TopicSelection(Set.of(topic), Set.of(), TestReaders.EVERYTHING.readable());
            offsets.put(topic, LogContents.offsets(log, one, after));
        }
        return world.model.between(after, world.model.head()).stream()
                .allMatch(entry -> entry.publication().event.topics().stream()
                        .allMatch(topic -> offsets.get(topic).contains(entry.offset())));
    }

    /** Removes the events that were evicted since. */
    void retainReadable() {
        try {
            readable.retainAll(LogContents.offsets(log, selection, 0));
        } catch (LogUnavailableException closed) {
            readable.clear();
        }
    }

    boolean contains(long offset) {
        return readable.contains(offset);
    }

    /** Returns whether a gap event is justified, because events or the replay limit may prevent a complete replay. */
    boolean permitsGap() {
        return !allRetained || world.model.isDamaged();
    }

    /** Returns whether a replay from this event on exceeds the replay limit. */
    boolean exceedsReplayLimit(LogModel.Entry first) {
        List<LogModel.Entry> replay = world.model.selected(selection, first.offset() - 1, head);
        return replay.size() > world.scenario.replayLimit().maxEvents()
                || replay.stream().mapToLong(LogModel.Entry::bytes).sum()
                        > world.scenario.replayLimit().maxBytes();
    }
}
