package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import dev.courant.log.Entry;
import dev.courant.log.Once;
import dev.courant.log.PublishedKeys;
import dev.courant.log.Retention;
import dev.courant.log.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What a journal begins with: the newest of what it kept. */
final class Loading {

    private final Maps maps;
    private final Retention window;
    private final Clocks clocks;

    Loading(Maps maps, Retention window, Clocks clocks) {
        this.maps = maps;
        this.window = window;
        this.clocks = clocks;
    }

    /** Puts what is to be in memory there, in order. */
    void load(LongConsumer lose, Consumer<Entry> put, Consumer<Key> remember) {
        Deque<Entry> entries = entries();
        lose.accept(entries.isEmpty() ? maps.head() : entries.getFirst().offset() - 1);
        entries.forEach(put);
        keys().forEach(remember);
    }

    private Deque<Entry> entries() {
        Deque<Entry> entries = new ArrayDeque<>();
        long oldest = clocks.now() - Math.min(age(window.whole()), age(window.topic()));
        long bytes = 0;
        Cursor<Long, byte[]> newest = maps.events.cursor(null, null, true);
        while (entries.size() < window.whole().maxEvents() && newest.hasNext()) {
            long offset = newest.next();
            Stored stored = Stored.read(newest.getValue());
            long at = clocks.nanosAt(stored.millis());
            bytes += stored.frame().length;
            if (at - oldest < 0 || (bytes > window.whole().maxBytes() && !entries.isEmpty())) {
                return entries;
            }
            entries.addFirst(stored.entry(offset, at));
        }
        return entries;
    }

    private Deque<Key> keys() {
        Deque<Key> keys = new ArrayDeque<>();
        long oldest = clocks.now() - Once.REMEMBERED.toNanos();
        Cursor<Long, Integer> newest = maps.keyed.cursor(null, null, true);
        while (keys.size() < PublishedKeys.MOST && newest.hasNext()) {
            long offset = newest.next();
            byte[] bytes = maps.events.get(offset);
            Stored stored = bytes == null ? null : Stored.read(bytes);
            long at = stored == null ? oldest : clocks.nanosAt(stored.millis());
            if (stored == null || stored.once() == null || at - oldest < 0) {
                return keys;
            }
            keys.addFirst(new Key(stored.once(), offset, at));
        }
        return keys;
    }

    private static long age(Window window) {
        return window.maxAge().toNanos();
    }

    /** Under which an event was stored not long ago. */
    record Key(Once once, long offset, long at) {}
}
