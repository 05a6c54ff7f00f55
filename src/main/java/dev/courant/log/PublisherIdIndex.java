package dev.courant.log;

import dev.courant.event.TopicSelection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An index of the window's entries by the ids that publishers assigned. One thread at a time may add and remove;
 * lookups are thread-safe.
 */
final class PublisherIdIndex {

    private final Map<String, Holder> holders = new ConcurrentHashMap<>();

    void add(String id, LogEntry entry) {
        Holder holder = holders.get(id);
        if (holder == null) {
            holders.put(id, new SingleEntry(entry));
        } else if (holder instanceof SameIdEntries several) {
            several.add(entry);
        } else if (holder instanceof SingleEntry single) {
            holders.put(id, new SameIdEntries(single.entry, entry));
        }
    }

    void remove(String id, LogEntry entry) {
        Holder holder = holders.get(id);
        if (holder instanceof SameIdEntries several) {
            several.remove(entry);
            if (!several.isEmpty()) {
                return;
            }
        }
        holders.remove(id);
    }

    /**
     * Returns the offset of the entry with an id. If several entries have it, returns the earliest that the reader may
     * read. A client that has seen a later one then receives some events again, but misses none. Returns empty once a
     * readable entry with this id has been evicted, because the client may have seen that one. Entries that the reader
     * may not read do not change the result.
     */
    OptionalLong find(String id, TopicSelection reader) {
        Holder holder = holders.get(id);
        return holder == null ? OptionalLong.empty() : holder.find(reader);
    }

    /** The entries with one id. */
    sealed interface Holder permits SingleEntry, SameIdEntries {

        OptionalLong find(TopicSelection reader);
    }

    private record SingleEntry(LogEntry entry) implements Holder {

        @Override
        public OptionalLong find(TopicSelection reader) {
            return entry.isReadableBy(reader) ? OptionalLong.of(entry.offset()) : OptionalLong.empty();
        }
    }
}
