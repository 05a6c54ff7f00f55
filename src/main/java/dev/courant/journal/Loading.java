package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import dev.courant.log.Entry;
import dev.courant.log.Once;
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
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Deque<Key> keys = new ArrayDeque<>();
    private long bytes;

    Loading(Maps maps, Retention window, Clocks clocks) {
        this.maps = maps;
        this.window = window;
        this.clocks = clocks;
    }

    /** Puts what is to be in memory there, in order. */
    void load(LongConsumer lose, Consumer<Entry> put, Consumer<Key> remember) {
        collect();
        lose.accept(entries.isEmpty() ? maps.head() : entries.getFirst().offset() - 1);
        entries.forEach(put);
        keys.forEach(remember);
    }

    private void collect() {
        long now = clocks.now();
        long oldestEntry = now - Math.min(age(window.whole()), age(window.topic()));
        long oldestKey = now - Once.REMEMBERED.toNanos();
        boolean more = true;
        Cursor<Long, byte[]> newest = maps.events.cursor(null, null, true);
        while (newest.hasNext()) {
            long offset = newest.next();
            Stored stored = Stored.read(newest.getValue());
            long at = clocks.nanosAt(stored.millis());
            bytes += stored.frame().length;
            more &= entries.size() < window.whole().maxEvents() && at - oldestEntry >= 0;
            more &= bytes <= window.whole().maxBytes() || entries.isEmpty();
            if (more) {
                entries.addFirst(stored.entry(offset, at));
            }
            if (stored.once() != null && at - oldestKey >= 0) {
                keys.addFirst(new Key(stored.once(), offset, at));
            }
            if (!more && at - oldestKey < 0) {
                return;
            }
        }
    }

    private static long age(Window window) {
        return window.maxAge().toNanos();
    }

    /** Under which an event was stored not long ago. */
    record Key(Once once, long offset, long at) {}
}
