package dev.courant.journal;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The segments of a journal by their offsets, at least one. Where two segments have the same offset, the later one counts.
 * One thread changes the list; reading is thread-safe.
 */
final class SegmentList {

    private final ConcurrentSkipListMap<Long, Segment> byBase = new ConcurrentSkipListMap<>();
    private volatile long synced;
    private volatile long lost;

    /** Adds a segment, in place of one with the same base. */
    void add(Segment segment) {
        byBase.put(segment.base(), segment);
    }

    void remove(Segment segment) {
        byBase.remove(segment.base());
    }

    int size() {
        return byBase.size();
    }

    Segment first() {
        return byBase.firstEntry().getValue();
    }

    Collection<Segment> all() {
        return byBase.values();
    }

    Collection<Segment> before(Segment segment) {
        return byBase.headMap(segment.base()).values();
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
        long end = Math.min(segment.summary().end(), next == null ? Long.MAX_VALUE : next);
        return Math.min(limit, end - 1);
    }

    /** Returns the time of the oldest event. A segment without a readable event does not have one. */
    long oldestMillis() {
        return byBase.values().stream()
                .map(Segment::summary)
                .filter(summary -> summary.count() > 0)
                .findFirst()
                .map(SegmentSummary::oldestMillis)
                .orElse(Long.MAX_VALUE);
    }

    /** Returns the offset up to which all events may have been evicted. */
    long floor() {
        return byBase.firstKey() - 1;
    }

    /** Returns the offset up to which all events are durable. */
    long synced() {
        return synced;
    }

    void setSynced(long offset) {
        synced = offset;
    }

    /** Returns the highest offset whose event is lost because of damage, or 0. */
    long lost() {
        return lost;
    }

    synchronized void addLost(long offset) {
        lost = Math.max(lost, offset);
    }
}
