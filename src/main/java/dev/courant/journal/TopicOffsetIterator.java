package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Along the events of some topics: costs what they have, not what is stored. */
final class TopicOffsetIterator implements StoredEventIterator {

    private final Tables maps;
    private final JournalClocks clocks;
    private final PriorityQueue<Cursor<TopicOffset, Integer>> next; // each stands at its place
    private long offset = -1;
    private int size;

    /**
     * @param topics their numbers
     * @param from the first offset
     * @param to the last; backward, if it is the lesser
     */
    TopicOffsetIterator(Tables maps, Collection<Long> topics, long from, long to, JournalClocks clocks) {
        this.maps = maps;
        this.clocks = clocks;
        Comparator<Cursor<TopicOffset, Integer>> forward =
                Comparator.comparingLong(cursor -> cursor.getKey().offset());
        next = new PriorityQueue<>(to < from ? forward.reversed() : forward);
        for (long topic : topics) {
            advance(maps.places.cursor(new TopicOffset(topic, from), new TopicOffset(topic, to), to < from));
        }
    }

    private void advance(Cursor<TopicOffset, Integer> cursor) {
        if (cursor.hasNext()) {
            cursor.next();
            next.add(cursor);
        }
    }

    @Override
    public boolean next() {
        long before = offset;
        while (!next.isEmpty()) {
            Cursor<TopicOffset, Integer> first = next.remove();
            offset = first.getKey().offset();
            size = first.getValue();
            advance(first);
            if (offset != before) { // else it is of several of the topics
                return true;
            }
        }
        return false;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public @Nullable LogEntry entry() {
        byte[] bytes = maps.events.get(offset);
        if (bytes == null) {
            return null;
        }
        StoredEvent stored = StoredEvent.read(bytes);
        return stored.entry(offset, clocks.nanosAt(stored.millis()));
    }

    @Override
    public int length(TopicSelection selection) {
        boolean restricted = (size & 1) == 1;
        return restricted ? StoredEventIterator.super.length(selection) : size >>> 1;
    }
}
