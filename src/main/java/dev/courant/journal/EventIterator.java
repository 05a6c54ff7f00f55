package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import dev.courant.log.LogEntry;

/** Along all events. */
final class EventIterator implements StoredEventIterator {

    private final Cursor<Long, byte[]> cursor;
    private final JournalClocks clocks;
    private long offset;

    /**
     * @param from the first offset
     * @param to the last; backward, if it is the lesser
     */
    EventIterator(Tables maps, long from, long to, JournalClocks clocks) {
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
    public LogEntry entry() {
        StoredEvent stored = StoredEvent.read(cursor.getValue());
        return stored.entry(offset, clocks.nanosAt(stored.millis()));
    }
}
