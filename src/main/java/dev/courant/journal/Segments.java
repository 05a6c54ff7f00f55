package dev.courant.journal;

import dev.courant.log.EpochHistory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments, for the thread that opens the journal, and then for the writer, which appends, starts and deletes them. */
final class Segments {

    private static final int MAX_SEGMENTS = 2000; // of a process that crashes again and again

    private final Disk disk;
    private final JournalBounds bounds;
    private final JournalClocks clocks;
    private final EpochHistory epochs;
    private final SegmentList segments;
    private final RetiredIndexes retired;
    private final List<StoredEvent> unsynced = new ArrayList<>(); // acknowledged, but not durable
    private @Nullable Segment active; // the newest segment, unless it is closed
    private final Deque<Long> evicted = new ArrayDeque<>(); // bases of segments to delete, oldest first

    /**
     * @param active the last of the segments, unless it is closed
     * @param head the offset of the newest event
     */
    Segments(
            Disk disk,
            JournalBounds bounds,
            JournalClocks clocks,
            EpochHistory epochs,
            SegmentList segments,
            @Nullable Segment active,
            RetiredIndexes retired,
            long head) {
        this.disk = disk;
        this.bounds = bounds;
        this.clocks = clocks;
        this.epochs = epochs;
        this.segments = segments;
        this.active = active;
        this.retired = retired;
        segments.setSynced(head);
    }

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
        if (active != null && active.summary().count() > 0 && !hasRoom(active, events.size(), size)) {
            closeActive();
        }
        Segment segment = activate();
        deleteExcess(events.size(), size);
        segment.append(events, segments.synced(), sync, segments.floor());
        unsynced.addAll(events);
        if (sync) {
            markSynced();
        }
    }

    private boolean hasRoom(Segment segment, int moreEvents, long moreBytes) throws IOException {
        SegmentSummary summary = segment.summary();
        return summary.count() + moreEvents <= bounds.segmentEvents()
                && summary.length() + moreBytes <= bounds.segmentBytes()
                && segment.index().terms() < bounds.segmentTerms()
                && !isOlder(summary, bounds.segmentMillis()); // new events would be deleted with the old ones
    }

    /** Returns the segment to write to. */
    private Segment activate() throws IOException {
        active = active == null ? create(List.of()) : active;
        segments.add(active);
        return active;
    }

    private Segment create(List<StoredEvent> events) throws IOException {
        return Segment.create(disk, segments.synced() + 1, epochs, events, segments.floor());
    }

    private void closeActive() throws IOException {
        if (active != null) {
            sync();
            close(active);
            active = null;
        }
    }

    private void close(Segment segment) throws IOException {
        for (Segment earlier : segments.before(segment)) {
            follow(segment, earlier);
        }
        segment.close();
    }

    /** Completes the index of a segment by an earlier one. If that one cannot be read, its events count as lost. */
    private void follow(Segment segment, Segment earlier) {
        SegmentIndex index = null;
        try {
            index = earlier.index();
        } catch (IOException unreadable) {
            segments.addLost(earlier.summary().end() - 1);
        }
        segment.follow(index, segments.lost());
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
        segments.setSynced(head());
        unsynced.clear();
    }

    /**
     * Continues in a new segment after a failure. The bytes written to the old one since its last sync cannot be trusted:
     * after a failed sync, the system may have dropped them. So acknowledged events are written again, and refused events
     * are not stored.
     */
    void recover() throws IOException {
        Segment failed = active;
        if (failed != null) {
            failed.truncate();
        }
        Segment fresh = create(unsynced);
        segments.add(fresh);
        active = fresh;
        markSynced();
        if (failed != null && failed.base() == fresh.base()) {
            failed.closeFile();
        } else if (failed != null) {
            SegmentSummary left = failed.scan(fresh.base(), fresh.base() - 1, failed.base() - 1)
                    .summary();
            segments.addLost(left.end() < fresh.base() ? fresh.base() - 1 : left.lost());
            close(failed);
        }
    }

    /** Closes the active segment if it is old, and deletes what exceeds the bounds. */
    void retain() throws IOException {
        if (active != null && active.summary().count() > 0 && isOlder(active.summary(), bounds.segmentMillis())) {
            closeActive();
        }
        deleteExcess(0, 0);
    }

    private boolean isOlder(SegmentSummary summary, long millis) {
        return summary.oldestMillis() < clocks.millis().getAsLong() - millis;
    }

    private void deleteExcess(int moreEvents, long moreBytes) throws IOException {
        boolean deleted = deleteEvicted();
        Segment oldest = segments.first();
        while (oldest != active && isExcess(oldest, moreEvents, moreBytes)) {
            Segment newest = segments.size() == 1 ? activate() : active; // one has to name the epochs
            if (newest != null) {
                follow(newest, oldest);
            }
            segments.remove(oldest); // first: a reader that misses an event has to see the floor
            oldest.evict();
            evicted.add(oldest.base());
            deleted |= deleteEvicted();
            oldest = segments.first();
        }
        if (deleted) {
            disk.sync();
        }
    }

    /** Deletes the files of evicted segments, also those whose deletion failed before. Returns whether there were any. */
    private boolean deleteEvicted() throws IOException {
        boolean deleted = !evicted.isEmpty();
        while (!evicted.isEmpty()) {
            disk.delete(Segment.logName(evicted.element()));
            retired.add(evicted.element());
            evicted.remove();
        }
        retired.deleteExcess();
        return deleted;
    }

    private boolean isExcess(Segment oldest, int moreEvents, long moreBytes) {
        return head() + moreEvents - oldest.base() + 1 > bounds.maxEvents()
                || bytes() + moreBytes > bounds.maxBytes()
                || segments.oldestMillis()
                        < clocks.millis().getAsLong() - bounds.maxAge().toMillis()
                || segments.size() > MAX_SEGMENTS;
    }

    /** Returns the size of all files. */
    private long bytes() {
        return segments.all().stream().mapToLong(Segment::bytes).sum() + retired.bytes();
    }

    long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    /** Returns the keys that have not expired, the oldest first. */
    List<StoredEvent> loadKeys() throws IOException {
        return retired.loadKeys(segments.all());
    }

    /** Syncs everything and closes the files. */
    void close() throws IOException {
        try {
            sync();
        } finally {
            for (Segment segment : segments.all()) {
                segment.closeFile();
            }
        }
    }

    SegmentList list() {
        return segments;
    }

    EpochHistory epochs() {
        return epochs;
    }

    /** Returns the offset of the newest event. */
    long head() {
        return segments.synced() + unsynced.size();
    }
}
