package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import dev.courant.log.Entry;

/** Along all events. */
final class EventWalk implements Walk {

    private final Cursor<Long, byte[]> cursor;
    private final Clocks clocks;
    private long offset;

    /**
     * @param from the first offset
     * @param to the last; backward, if it is the lesser
     */
    EventWalk(Maps maps, long from, long to, Clocks clocks) {
        this.clocks = clocks;
        cursor = maps.events.cursor(from, to, to < from);
    }

    @Override
    public boolean next() {
        if (!cursor.hasNext()) {
            return false;
        }
        offset = cursor.next();
        return true;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Entry entry() {
        Stored stored = Stored.read(cursor.getValue());
        return stored.entry(offset, clocks.nanosAt(stored.millis()));
    }
}
