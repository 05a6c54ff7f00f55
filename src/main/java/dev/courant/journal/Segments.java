package dev.courant.journal;

import dev.courant.log.EpochHistory;
import dev.courant.log.IdempotencyKey;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a journal. One thread writes: it appends to the newest segment, starts the next one, and deletes the
 * oldest. Where two segments have the same offset, the later one counts. Reading is thread-safe.
 */
final class Segments {

    private static final int MAX_SEGMENTS = 2000; // of a process that crashes again and again

    private final Disk disk;
    private final JournalBounds bounds;
    private final JournalClocks clocks;
    private final EpochHistory epochs;
    private final ConcurrentSkipListMap<Long, Segment> byBase = new ConcurrentSkipListMap<>();
    private final Deque<Retired> retired = new ArrayDeque<>(); // oldest first
    private final List<StoredEvent> unsynced = new ArrayList<>(); // acknowledged, but not durable
    private @Nullable Segment active; // the newest segment, unless it is closed
    private long synced; // the offset up to which all events are durable
    private volatile long lost;

    /**
     * @param segments all, in order
     * @param active the last one, unless it is closed
     * @param retired the oldest first
     * @param head the offset of the newest event
     */
    Segments(
            Disk disk,
            JournalBounds bounds,
            JournalClocks clocks,
            EpochHistory epochs,
            List<Segment> segments,
            @Nullable Segment active,
            List<Retired> retired,
            long head) {
        this.disk = disk;
        this.bounds = bounds;
        this.clocks = clocks;
        this.epochs = epochs;
        segments.forEach(segment -> byBase.put(segment.base(), segment));
        this.active = active;
        this.retired.addAll(retired);
        synced = head;
    }

    /** The index of a deleted segment, which stays until its keys expire. */
    record Retired(String name, long newestMillis, int bytes) {

        static Retired of(SegmentIndex index) {
            SegmentSummary summary = index.summary();
            return new Retired(Segment.indexName(summary.base()), summary.newestMillis(), index.fileBytes);
        }
    }

    // ---- the writer ----

    /** Returns the number of events that the next batch may have. */
    int capacity() {
        int left =
                active == null ? 0 : bounds.segmentEvents() - active.summary().count();
        return left > 0 ? left : bounds.segmentEvents();
    }

    /**
     * Appends events with consecutive offsets.
     *
     * @param sync whether to sync them before this returns
     * @throws IOException if that failed; then call {@link #recover} before anything else
     */
    void append(List<StoredEvent> events, boolean sync) throws IOException {
        long size = events.stream().mapToLong(StoredEvent::maxBytes).sum();
        SegmentSummary newest = active == null ? null : active.summary();
        if (newest != null
                && newest.count() > 0
                && (newest.count() + events.size() > bounds.segmentEvents()
                        || newest.length() + size > bounds.segmentBytes())) {
            closeActive();
        }
        Segment segment = activate();
        deleteExcess(events.size(), size);
        segment.append(events, synced, sync, floor());
        unsynced.addAll(events);
        if (sync) {
            markSynced();
        }
    }

    /** Returns the segment to write to. */
    private Segment activate() throws IOException {
        Segment segment = active == null ? Segment.create(disk, synced + 1, epochs) : active;
        byBase.put(segment.base(), segment);
        active = segment;
        return segment;
    }

    private void closeActive() throws IOException {
        if (active != null) {
            sync();
            active.close(byBase.headMap(active.base()).values());
            active = null;
        }
    }

    boolean isUnsynced() {
        return !unsynced.isEmpty();
    }

    void sync() throws IOException {
        if (active != null && isUnsynced()) {
            active.sync();
            markSynced();
        }
    }

    private void markSynced() {
        synced += unsynced.size();
        unsynced.clear();
    }

    /**
     * Continues in a new segment after a failure. What was written to the old one since its last sync cannot be trusted:
     * after a failed sync, the system may have dropped it. So acknowledged events are written again, and refused ones do
     * not come back.
     */
    void recover() throws IOException {
        Segment failed = active;
        if (failed != null) {
            failed.truncate();
        }
        Segment fresh = Segment.create(disk, synced + 1, epochs);
        try {
            fresh.append(unsynced, synced, true, floor());
        } catch (IOException stillFailing) {
            fresh.closeFile();
            throw stillFailing;
        }
        byBase.put(fresh.base(), fresh);
        active = fresh;
        markSynced();
        if (failed != null && failed.base() < fresh.base()) {
            SegmentIndex index = failed.scan(fresh.base(), fresh.base() - 1, failed.base() - 1);
            addLost(
                    index.summary().end() < fresh.base()
                            ? fresh.base() - 1
                            : index.summary().lost());
            failed.close(byBase.headMap(failed.base()).values());
        }
    }

    /** Closes the active segment if it is old, and deletes what exceeds the bounds. */
    void retain() throws IOException {
        if (active != null && active.summary().count() > 0 && isOlder(active, bounds.segmentMillis())) {
            closeActive();
        }
        deleteExcess(0, 0);
    }

    private boolean isOlder(Segment segment, long millis) {
        return segment.summary().oldestMillis() < clocks.millis().getAsLong() - millis;
    }

    private void deleteExcess(int moreEvents, long moreBytes) throws IOException {
        boolean deleted = deleteRetired();
        Segment oldest = byBase.firstEntry().getValue();
        while (oldest != active && isExcess(oldest, moreEvents, moreBytes)) {
            Segment newest = byBase.size() == 1 ? activate() : active; // one has to name the epochs and the next offset
            SegmentIndex index = oldest.index();
            if (newest != null) {
                newest.index().follow(index);
            }
            byBase.remove(oldest.base()); // first: a reader that misses an event has to see the floor
            oldest.delete();
            retired.add(Retired.of(index));
            deleteRetired();
            deleted = true;
            oldest = byBase.firstEntry().getValue();
        }
        if (deleted) {
            disk.sync();
        }
    }

    private boolean isExcess(Segment oldest, int moreEvents, long moreBytes) {
        return head() + moreEvents - oldest.base() + 1 > bounds.maxEvents()
                || bytes() + moreBytes > bounds.maxBytes()
                || isOlder(oldest, bounds.maxAge().toMillis())
                || byBase.size() > MAX_SEGMENTS;
    }

    private long oldestKeyMillis() {
        return clocks.millis().getAsLong() - IdempotencyKey.LIFETIME.toMillis();
    }

    private boolean deleteRetired() throws IOException {
        int before = retired.size();
        while (!retired.isEmpty()
                && (retired.getFirst().newestMillis() < oldestKeyMillis() || retiredBytes() > bounds.segmentBytes())) {
            disk.delete(retired.removeFirst().name());
        }
        return retired.size() < before;
    }

    private long retiredBytes() {
        return retired.stream().mapToLong(Retired::bytes).sum();
    }

    /** Returns the size of all files. */
    private long bytes() {
        return byBase.values().stream().mapToLong(Segment::bytes).sum() + retiredBytes();
    }

    long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    /** Returns the keys that have not expired, the oldest first. */
    List<StoredEvent> loadKeys() throws IOException {
        List<StoredEvent> keys = new ArrayList<>();
        for (Retired each : retired) {
            SegmentIndex index = IndexFile.read(disk, each.name());
            keys.addAll(index == null ? List.of() : index.keys());
        }
        for (Segment segment : byBase.values()) {
            if (segment.summary().newestMillis() >= oldestKeyMillis()) {
                keys.addAll(segment.index().keys());
            }
        }
        keys.removeIf(event -> event.millis() < oldestKeyMillis());
        return keys;
    }

    /** Syncs everything, writes the index of the newest segment and closes the files. */
    void close() throws IOException {
        try {
            closeActive();
        } finally {
            for (Segment segment : byBase.values()) {
                segment.closeFile();
            }
        }
    }

    EpochHistory epochs() {
        return epochs;
    }

    /** Returns the offset of the newest event. */
    long head() {
        return synced + unsynced.size();
    }

    // ---- any thread ----

    /** Returns the offset up to which all events may have been evicted. */
    long floor() {
        return byBase.firstKey() - 1;
    }

    /** Returns the highest offset whose event is lost because of damage, or 0. */
    long lost() {
        return lost;
    }

    synchronized void addLost(long offset) {
        lost = Math.max(lost, offset);
    }

    /** Returns the segments that contain offsets from one to another, in this order; descending if the second is less. */
    Collection<Segment> find(long from, long to) {
        long least = Math.min(from, to);
        Long base = byBase.floorKey(least);
        NavigableMap<Long, Segment> found = byBase.subMap(base == null ? least : base, true, Math.max(from, to), true);
        return (from <= to ? found : found.descendingMap()).values();
    }

    /** Returns the last offset that belongs to a segment, and is not greater than one. */
    long lastOffset(Segment segment, long limit) {
        Long next = byBase.higherKey(segment.base());
        return Math.min(
                limit,
                next == null
                        ? segment.summary().end() - 1
                        : Math.min(next, segment.summary().end()) - 1);
    }
}
