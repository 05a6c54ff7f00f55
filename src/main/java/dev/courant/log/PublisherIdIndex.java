package dev.courant.log;

import dev.courant.event.TopicSelection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An index of the entries in the window that have an id from their publisher. One thread at a time may add and remove;
 * lookups are thread-safe.
 */
final class PublisherIdIndex {

    private final Map<String, IdEntries> byId = new ConcurrentHashMap<>();

    void add(String id, LogEntry entry) {
        IdEntries found = byId.get(id);
        if (found == null) {
            byId.put(id, new SingleEntry(entry));
        } else if (found instanceof SameIdEntries several) {
            several.add(entry);
        } else if (found instanceof SingleEntry single) {
            byId.put(id, new SameIdEntries(single.entry, entry));
        }
    }

    void remove(String id, LogEntry entry) {
        IdEntries found = byId.get(id);
        if (found instanceof SameIdEntries several) {
            several.remove(entry);
            if (!several.isEmpty()) {
                return;
            }
        }
        byId.remove(id);
    }

    /**
     * Returns the offset of the entry with an id, or empty if there is none. Entries that the reader may not read do
     * not change the result.
     *
     * <p>If several entries have the id, returns the offset of the earliest. A client that received a later one
     * receives some events again, but misses none. If one of these entries was evicted, returns empty: the client may
     * have received that one, and events after it may be missing.
     */
    OptionalLong find(String id, TopicSelection reader) {
        IdEntries found = byId.get(id);
        return found == null ? OptionalLong.empty() : found.find(reader);
    }

    /** One or more entries with the same id. */
    sealed interface IdEntries permits SingleEntry, SameIdEntries {

        OptionalLong find(TopicSelection reader);
    }

    private record SingleEntry(LogEntry entry) implements IdEntries {

        @Override
        public OptionalLong find(TopicSelection reader) {
            return entry.isReadableBy(reader) ? OptionalLong.of(entry.offset()) : OptionalLong.empty();
        }
    }
}
