package dev.courant.journal;

import dev.courant.log.IdempotencyKey;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The indexes of deleted segments, which stay on the disk until their idempotency keys expire. Not thread-safe. */
final class RetiredIndexes {

    private final Disk disk;
    private final JournalClocks clocks;
    private final long maxBytes;
    private final Deque<Retired> oldestFirst = new ArrayDeque<>();

    private record Retired(String name, long newestMillis, int bytes) {}

    RetiredIndexes(Disk disk, JournalClocks clocks, JournalBounds bounds) {
        this.disk = disk;
        this.clocks = clocks;
        maxBytes = bounds.segmentBytes();
    }

    /** Adds the index of a deleted segment. Deletes it at once if it has no keys or is damaged. */
    void add(long base) throws IOException {
        String name = Segment.indexName(base);
        ClosedIndex index = ClosedIndex.read(disk, name);
        if (index == null || index.keys().isEmpty()) {
            disk.delete(name);
        } else {
            oldestFirst.add(new Retired(name, index.summary().newestMillis(), index.fileBytes()));
        }
    }

    /** Deletes the indexes whose keys have expired, and the oldest ones that exceed the maximum size. */
    void deleteExcess() throws IOException {
        while (!oldestFirst.isEmpty()
                && (oldestFirst.getFirst().newestMillis < oldestKeyMillis() || bytes() > maxBytes)) {
            disk.delete(oldestFirst.getFirst().name);
            oldestFirst.removeFirst();
        }
    }

    long bytes() {
        return oldestFirst.stream().mapToLong(Retired::bytes).sum();
    }

    /** Returns the keys of deleted and of other segments that have not expired, the oldest first. */
    List<StoredEvent> loadKeys(Iterable<Segment> segments) throws IOException {
        List<StoredEvent> keys = new ArrayList<>();
        for (Retired each : oldestFirst) {
            ClosedIndex index = ClosedIndex.read(disk, each.name);
            keys.addAll(index == null ? List.of() : index.keys());
        }
        for (Segment segment : segments) {
            if (segment.summary().newestMillis() >= oldestKeyMillis()) {
                keys.addAll(segment.index().keys());
            }
        }
        keys.removeIf(event -> event.millis() < oldestKeyMillis());
        return keys;
    }

    private long oldestKeyMillis() {
        return clocks.millis().getAsLong() - IdempotencyKey.LIFETIME.toMillis();
    }
}
