package dev.courant.log;

import dev.courant.event.RandomTopics;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model of a log with several topics: a list for each topic, and a linear search for every result. */
final class RetentionModel {

    record RetainedEvent(
            long offset,
            List<Topic> topics,
            boolean restricted,
            @Nullable String id,
            int bytes,
            long at) {}

    /** An event that a topic evicted, and whether it was the topic's last. */
    private record Gone(Topic topic, long offset, boolean last) {}

    private final RetentionBounds retention;
    private final Map<Topic, List<RetainedEvent>> held = new HashMap<>();
    private final List<Gone> evicted = new ArrayList<>();
    private final Map<String, List<RetainedEvent>> byId = new HashMap<>();

    RetentionModel(RetentionBounds retention) {
        this.retention = retention;
    }

    void append(RetainedEvent stored) {
        for (Topic topic : stored.topics) {
            List<RetainedEvent> list = held.computeIfAbsent(topic, key -> new ArrayList<>());
            list.add(stored);
            while (list.size() > 1
                    && (list.size() > retention.topic().maxEvents()
                            || bytes(list) > retention.topic().maxBytes()
                            || expired(list.get(0), stored.at))) {
                removeOldest(topic);
            }
        }
        Optional<Topic> largest = largestWithout(stored);
        while (largest.isPresent() && isOver()) {
            removeOldest(largest.get());
            largest = largestWithout(stored);
        }
        forgetIds();
        if (stored.id != null) {
            byId.computeIfAbsent(stored.id, key -> new ArrayList<>()).add(stored);
        }
    }

    void evictExpired(long now) {
        for (Topic topic : List.copyOf(held.keySet())) {
            while (held.containsKey(topic) && expired(held.get(topic).get(0), now)) {
                removeOldest(topic);
            }
        }
        forgetIds();
    }

    /** Returns all readable events of the selection after an offset that any topic retains. */
    List<RetainedEvent> findAll(TopicSelection selection, long offset) {
        return entries().stream()
                .filter(stored -> stored.offset > offset)
                .filter(stored -> RandomTopics.isSelected(selection, stored.topics, stored.restricted))
                .sorted(Comparator.comparing(RetainedEvent::offset))
                .toList();
    }

    /** Returns all readable events after an offset that a selected topic retains. */
    List<RetainedEvent> findRetained(TopicSelection selection, long offset) {
        return held.entrySet().stream()
                .filter(topic -> selection.selects(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .distinct()
                .filter(stored -> stored.offset > offset)
                .filter(stored -> RandomTopics.isSelected(selection, stored.topics, stored.restricted))
                .sorted(Comparator.comparing(RetainedEvent::offset))
                .toList();
    }

    /** Returns whether a selected topic has evicted an event after the offset. */
    boolean hasEvicted(TopicSelection selection, long after) {
        return evicted.stream().anyMatch(each -> each.offset > after && selection.selects(each.topic));
    }

    /** Returns whether a topic was removed after the offset; the log does not remember which. */
    boolean hasRemovedTopic(long after) {
        return evicted.stream().anyMatch(each -> each.offset > after && each.last);
    }

    OptionalLong find(String id) {
        List<RetainedEvent> all = byId.getOrDefault(id, List.of());
        return !all.isEmpty() && entries().containsAll(all) ? OptionalLong.of(all.get(0).offset) : OptionalLong.empty();
    }

    Set<RetainedEvent> entries() {
        Set<RetainedEvent> all = new HashSet<>();
        held.values().forEach(all::addAll);
        return all;
    }

    int topics() {
        return held.size();
    }

    private boolean isOver() {
        List<RetainedEvent> all = held.values().stream().flatMap(List::stream).toList();
        return all.size() > retention.whole().maxEvents()
                || bytes(all) > retention.whole().maxBytes();
    }

    /**
     * Returns the topic with the largest share among those with an older event. Among equal shares, it
     * is the one with the oldest event, then the last by name.
     */
    private Optional<Topic> largestWithout(RetainedEvent newest) {
        return held.keySet().stream()
                .filter(topic -> held.get(topic).get(0) != newest)
                .max(Comparator.comparingDouble(this::share)
                        .thenComparing(topic -> -held.get(topic).get(0).offset)
                        .thenComparing(Topic::name));
    }

    private double share(Topic topic) {
        List<RetainedEvent> list = held.get(topic);
        double share = Math.max(
                (double) list.size() / retention.whole().maxEvents(),
                (double) bytes(list) / retention.whole().maxBytes());
        return Math.max(share, 0.001);
    }

    private void removeOldest(Topic topic) {
        List<RetainedEvent> list = held.get(topic);
        RetainedEvent oldest = list.remove(0);
        evicted.add(new Gone(topic, oldest.offset, list.isEmpty()));
        if (list.isEmpty()) {
            held.remove(topic);
        }
    }

    private void forgetIds() {
        Set<RetainedEvent> entries = entries();
        byId.values().removeIf(all -> all.stream().noneMatch(entries::contains));
    }

    private boolean expired(RetainedEvent stored, long now) {
        return now - stored.at > retention.maxAgeNanos();
    }

    private static long bytes(List<RetainedEvent> list) {
        return list.stream().mapToLong(RetainedEvent::bytes).sum();
    }
}
