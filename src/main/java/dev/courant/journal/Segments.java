package dev.courant.journal;

import dev.courant.log.EpochHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentNavigableMap;
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
    private final CarriedKeys keys;
    private final ConcurrentNavigableMap<Long, Segment> byBase = new ConcurrentSkipListMap<>();
    private final List<StoredEvent> unsynced = new ArrayList<>(); // acknowledged, but not durable
    private @Nullable Segment active; // the newest segment, unless it is closed
    private long synced; // the offset up to which all events are durable
    private volatile long lost;

    /**
     * @param active the last of the segments, unless it is closed
     * @param head the offset of the newest event; the next event has the next one
     */
    Segments(
            Disk disk,
            JournalBounds bounds,
            JournalClocks clocks,
            EpochHistory epochs,
            CarriedKeys keys,
            Collection<Segment> segments,
            @Nullable Segment active,
            long head) {
        this.disk = disk;
        this.bounds = bounds;
        this.clocks = clocks;
        this.epochs = epochs;
        this.keys = keys;
        segments.forEach(segment -> byBase.put(segment.base(), segment));
        this.active = active;
        synced = head;
    }

    // ---- the writer ----

    /** Returns the number of events that the next batch may have. */
    int capacity() {
        int left = active == null ? 0 : bounds.segmentEvents() - active.summary().count();
        return left > 0 ? left : bounds.segmentEvents();
    }

    /**
     * Appends events with consecutive offsets.
     *
     * @param sync whether to sync them before this returns
     * @throws IOException if that failed; then only {@link #recover} may be called
     */
    void append(List<StoredEvent> events, boolean sync) throws IOException {
        long size = events.stream().mapToLong(Segments::estimateBytes).sum();
        if (active != null && isFull(active, events.size(), size)) {
            closeActive();
        }
        if (active == null) {
            active = create(events.get(0).offset());
            byBase.put(active.base(), active);
        }
        deleteExcess(events.size(), size);
        active.append(events, synced, sync);
        if (sync) {
            synced = events.get(events.size() - 1).offset();
        } else {
            unsynced.addAll(events);
        }
    }

    private static long estimateBytes(StoredEvent event) {
        return event.frame().length
                + 500L
                + event.topics().stream().mapToLong(topic -> 3L * topic.name().length()).sum();
    }

    private boolean isFull(Segment segment, int moreEvents, long moreBytes) {
        SegmentSummary summary = segment.summary();
        return summary.count() > 0
                && (summary.count() + moreEvents > bounds.segmentEvents()
                        || summary.length() + moreBytes > bounds.segmentBytes());
    }

    private Segment create(long base) throws IOException {
        Segment segment = Segment.create(disk, base, epochs, floor());
        segment.sync();
        disk.sync();
        return segment;
    }

    private void closeActive() throws IOException {
        Segment closing = active;
        if (closing != null) {
            sync();
            closing.close(byBase.headMap(closing.base()).descendingMap().values());
            active = null;
        }
    }

    boolean isUnsynced() {
        return !unsynced.isEmpty();
    }

    void sync() throws IOException {
        if (active != null && isUnsynced()) {
            active.sync();
            synced += unsynced.size();
            unsynced.clear();
        }
    }

    /**
     * Continues in a new segment after a failure. What was written to the old one since its last sync cannot be trusted:
     * after a failed sync, the system may have dropped it. So acknowledged events are written again, and the others never
     * come back.
     */
    void recover() throws IOException {
        Segment failed = active;
        if (failed != null) {
            failed.truncate();
        }
        Segment fresh = Segment.create(disk, synced + 1, epochs, floor());
        try {
            fresh.append(unsynced, synced, true);
            disk.sync();
        } catch (IOException stillFailing) {
            fresh.closeFile();
            throw stillFailing;
        }
        byBase.put(fresh.base(), fresh);
        active = fresh;
        synced += unsynced.size();
        unsynced.clear();
        if (failed != null && failed.base() < fresh.base()) {
            failed.scan(fresh.base(), fresh.base() - 1, failed.base() - 1);
            failed.close(byBase.headMap(failed.base()).descendingMap().values());
            addLost(failed.summary().end() < fresh.base() ? fresh.base() - 1 : failed.summary().lost());
        }
    }

    /** Closes the active segment when it is old, and deletes the segments that exceed the bounds. */
    void retain() throws IOException {
        Segment newest = active;
        if (newest != null && newest.summary().count() > 0 && isOlder(newest, bounds.segmentMillis())) {
            closeActive();
        }
        deleteExcess(0, 0);
    }

    private boolean isOlder(Segment segment, long millis) {
        return segment.summary().oldestMillis() < clocks.millis().getAsLong() - millis;
    }

    private void deleteExcess(int moreEvents, long moreBytes) throws IOException {
        boolean deleted = false;
        Segment oldest = byBase.firstEntry().getValue();
        while (oldest != active && isExcess(oldest, moreEvents, moreBytes)) {
            if (byBase.size() == 1) { // the last one names the epochs and the next offset
                active = create(synced + 1);
                byBase.put(active.base(), active);
            }
            keys.carry(oldest, clocks.millis().getAsLong(), bounds.segmentBytes());
            if (active != null && active.index() instanceof GrowingIndex index
                    && oldest.index() instanceof StoredIndex last) {
                last.passLast(index);
            }
            byBase.remove(oldest.base()); // first: a reader that misses an event has to see the floor
            oldest.delete();
            deleted = true;
            oldest = byBase.firstEntry().getValue();
        }
        if (deleted) {
            disk.sync();
        }
    }

    private boolean isExcess(Segment oldest, int moreEvents, long moreBytes) {
        long events = head() + moreEvents - oldest.base() + 1;
        return events > bounds.maxEvents()
                || bytes() + moreBytes > bounds.maxBytes()
                || isOlder(oldest, bounds.maxAge().toMillis())
                || byBase.size() > MAX_SEGMENTS;
    }

    /** Returns the size of all files. */
    long bytes() {
        return byBase.values().stream().mapToLong(Segment::bytes).sum() + keys.bytes();
    }

    long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    /** Syncs everything and closes the files. */
    void close() throws IOException {
        try {
            sync();
        } finally {
            for (Segment segment : byBase.values()) {
                segment.closeFile();
            }
        }
    }

    // ---- any thread ----

    EpochHistory epochs() {
        return epochs;
    }

    CarriedKeys keys() {
        return keys;
    }

    /** Returns the offset of the newest event. For the thread that opens the journal, then the writer. */
    long head() {
        return synced + unsynced.size();
    }

    /** Returns the offset up to which all events may have been evicted. */
    long floor() {
        var first = byBase.firstEntry();
        return first == null ? synced : first.getKey() - 1;
    }

    /** Returns the highest offset whose event was lost by damage, or 0. */
    long lost() {
        return lost;
    }

    /** Records that an event, or all events up to an offset, are lost. */
    synchronized void addLost(long offset) {
        lost = Math.max(lost, offset);
    }

    /** Returns the segments that contain offsets from one to another, in this order; descending if the second is less. */
    Collection<Segment> find(long from, long to) {
        long least = Math.min(from, to);
        Long base = byBase.floorKey(least);
        NavigableMap<Long, Segment> found =
                byBase.subMap(base == null ? least : base, true, Math.max(from, to), true);
        return (from <= to ? found : found.descendingMap()).values();
    }

    /** Returns the last offset that belongs to a segment. */
    long lastOffset(Segment segment) {
        Long next = byBase.higherKey(segment.base());
        long last = segment.summary().end() - 1;
        return next == null ? last : Math.min(last, next - 1);
    }
}
