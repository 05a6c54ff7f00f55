package dev.courant.log;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Several entries to which publishers assigned the same id. One thread at a time may add and remove; lookups are
 * thread-safe.
 */
final class SameIdEntries implements PublisherIdIndex.IdEntries {

    /**
     * The maximum number of entries that a lookup checks. If the reader may read none of them, the id counts as
     * unknown.
     */
    private static final int MAX_CHECKS = 1_000;

    /**
     * The maximum number of evicted private entries whose topics are stored, to check later which readers could read
     * them.
     */
    private static final int MAX_EVICTED = 100;

    private final NavigableMap<Long, LogEntry> retained = new ConcurrentSkipListMap<>();
    private final Set<List<Topic>> evictedPrivate = ConcurrentHashMap.newKeySet();
    private volatile boolean evictedForAll; // an evicted entry was public, or too many were private

    SameIdEntries(LogEntry first, LogEntry second) {
        add(first);
        add(second);
    }

    void add(LogEntry entry) {
        retained.put(entry.offset(), entry);
    }

    void remove(LogEntry entry) {
        // Record the eviction before removing the entry: a concurrent lookup must see one of the two.
        if (!entry.restricted() || evictedPrivate.size() == MAX_EVICTED) {
            evictedForAll = true;
        } else {
            evictedPrivate.add(entry.topics());
        }
        retained.remove(entry.offset());
    }

    boolean isEmpty() {
        return retained.isEmpty();
    }

    @Override
    public OptionalLong find(TopicSelection reader) {
        OptionalLong earliest = retained.values().stream()
                .limit(MAX_CHECKS)
                .filter(entry -> entry.isReadableBy(reader))
                .mapToLong(LogEntry::offset)
                .findFirst();
        boolean evicted = evictedForAll || evictedPrivate.stream().anyMatch(topics -> reader.canRead(topics, true));
        return evicted ? OptionalLong.empty() : earliest;
    }
}
