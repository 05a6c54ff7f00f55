package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import dev.courant.event.Selection;
import dev.courant.log.Entry;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Along the events of some topics: costs what they have, not what is stored. */
final class PlaceWalk implements Walk {

    private final Maps maps;
    private final Clocks clocks;
    private final PriorityQueue<Cursor<Place, Integer>> next; // each stands at its place
    private long offset = -1;
    private int size;

    /**
     * @param topics their numbers
     * @param from the first offset
     * @param to the last; backward, if it is the lesser
     */
    PlaceWalk(Maps maps, Collection<Long> topics, long from, long to, Clocks clocks) {
        this.maps = maps;
        this.clocks = clocks;
        Comparator<Cursor<Place, Integer>> forward =
                Comparator.comparingLong(cursor -> cursor.getKey().offset());
        next = new PriorityQueue<>(to < from ? forward.reversed() : forward);
        for (long topic : topics) {
            advance(maps.places.cursor(new Place(topic, from), new Place(topic, to), to < from));
        }
    }

    private void advance(Cursor<Place, Integer> cursor) {
        if (cursor.hasNext()) {
            cursor.next();
            next.add(cursor);
        }
    }

    @Override
    public boolean next() {
        long before = offset;
        while (!next.isEmpty()) {
            Cursor<Place, Integer> first = next.remove();
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
    public @Nullable Entry entry() {
        byte[] bytes = maps.events.get(offset);
        if (bytes == null) {
            return null;
        }
        Stored stored = Stored.read(bytes);
        return stored.entry(offset, clocks.nanosAt(stored.millis()));
    }

    @Override
    public int length(Selection selection) {
        boolean restricted = (size & 1) == 1;
        return restricted ? Walk.super.length(selection) : size >>> 1;
    }
}
