package dev.courant.journal;

import courant.shaded.h2.mvstore.Cursor;
import courant.shaded.h2.mvstore.MVStoreException;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import dev.courant.log.LogEntry;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What a journal begins with: the newest of what it kept. */
final class WindowLoader {

    private static final Logger LOG = System.getLogger(WindowLoader.class.getName());

    private final Tables maps;
    private final RetentionBounds window;
    private final JournalClocks clocks;

    WindowLoader(Tables maps, RetentionBounds window, JournalClocks clocks) {
        this.maps = maps;
        this.window = window;
        this.clocks = clocks;
    }

    /**
     * Puts what is to be in memory there, in order.
     *
     * @param giveUp told, if something is damaged, up to which offset
     */
    void load(LongConsumer lose, LongConsumer giveUp, Consumer<LogEntry> put, Consumer<Key> remember) {
        Deque<LogEntry> entries = new ArrayDeque<>();
        boolean whole = isWhole(() -> addEntries(entries));
        long floor = entries.isEmpty() ? maps.head() : entries.getFirst().offset() - 1;
        lose.accept(floor);
        if (!whole) {
            giveUp.accept(floor);
        }
        entries.forEach(put);
        Deque<Key> keys = new ArrayDeque<>();
        isWhole(() -> addKeys(keys));
        keys.forEach(remember);
    }

    /** Whether nothing of what was read is damaged. */
    private static boolean isWhole(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (MVStoreException unreadable) {
            if (!ChecksummedBlocks.DamagedException.isCauseOf(unreadable)) {
                throw unreadable;
            }
            LOG.log(
                    Level.WARNING,
                    "The journal cannot be read in full ({0}): what is older is given up",
                    unreadable.getMessage());
            return false;
        }
    }

    private void addEntries(Deque<LogEntry> entries) {
        long oldest = clocks.now() - Math.min(age(window.whole()), age(window.topic()));
        long bytes = 0;
        Cursor<Long, byte[]> newest = maps.events.cursor(null, null, true);
        while (entries.size() < window.whole().maxEvents() && newest.hasNext()) {
            long offset = newest.next();
            StoredEvent stored = StoredEvent.read(newest.getValue());
            long at = clocks.nanosAt(stored.millis());
            bytes += stored.frame().length;
            if (at - oldest < 0 || (bytes > window.whole().maxBytes() && !entries.isEmpty())) {
                return;
            }
            entries.addFirst(stored.entry(offset, at));
        }
    }

    private void addKeys(Deque<Key> keys) {
        long oldest = clocks.now() - IdempotencyKey.LIFETIME.toNanos();
        Cursor<Long, String> newest = maps.keys.cursor(null, null, true);
        while (keys.size() < IdempotencyKeys.MAX_KEYS && newest.hasNext()) {
            long offset = newest.next();
            StoredKey stored = StoredKey.read(newest.getValue());
            long at = clocks.nanosAt(stored.millis());
            if (at - oldest < 0) {
                return;
            }
            keys.addFirst(new Key(stored.once(), offset, at));
        }
    }

    private static long age(WindowBounds window) {
        return window.maxAge().toNanos();
    }

    /** Under which an event was stored not long ago. */
    record Key(IdempotencyKey once, long offset, long at) {}
}
