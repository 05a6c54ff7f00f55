package dev.courant.journal;

import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import dev.courant.log.LogEntry;
import dev.courant.log.RetentionBounds;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The newest part of a journal, which is in memory: the window and the idempotency keys. */
final class WindowLoader {

    private final Segments segments;
    private final RetentionBounds window;
    private final JournalClocks clocks;

    WindowLoader(Segments segments, RetentionBounds window, JournalClocks clocks) {
        this.segments = segments;
        this.window = window;
        this.clocks = clocks;
    }

    /** Returns the entries of the window, the oldest first: all that follow the last lost or expired one. */
    Deque<LogEntry> loadEntries(long head) throws IOException {
        Deque<LogEntry> entries = new ArrayDeque<>();
        long maxAge = Math.min(
                window.whole().maxAge().toNanos(), window.topic().maxAge().toNanos());
        long bytes = 0;
        for (Segment segment : segments.find(head, 0)) {
            for (long offset = segments.lastOffset(segment); offset >= segment.base(); offset--) {
                StoredEvent event = segment.read(offset);
                if (event == null || offset <= segments.lost() || entries.size() == window.whole().maxEvents()) {
                    return entries;
                }
                LogEntry entry = event.entry(clocks);
                bytes += entry.frame().length;
                boolean expired = clocks.now() - entry.storedAt() > maxAge;
                if (expired || (bytes > window.whole().maxBytes() && !entries.isEmpty())) {
                    return entries;
                }
                entries.addFirst(entry);
            }
        }
        return entries;
    }

    /** Returns the events with keys that have not expired, the oldest first. */
    Deque<StoredEvent> loadKeys(long head) throws IOException {
        Deque<StoredEvent> keys = new ArrayDeque<>();
        long oldest = clocks.millis().getAsLong() - IdempotencyKey.LIFETIME.toMillis();
        for (Segment segment : segments.find(head, 0)) {
            PostingList keyed =
                    segment.summary().newestMillis() < oldest ? null : segment.index().find(IndexTerm.KEYED);
            for (int i = keyed == null ? -1 : keyed.size() - 1; i >= 0; i--) {
                long offset = segment.base() + keyed.get(i);
                StoredEvent event = offset > segments.lastOffset(segment) ? null : segment.read(offset);
                if (event != null && event.millis() >= oldest && keys.size() < IdempotencyKeys.MAX_KEYS) {
                    keys.addFirst(event);
                }
            }
        }
        Deque<StoredEvent> carried = new ArrayDeque<>(segments.keys().read());
        while (!carried.isEmpty() && keys.size() < IdempotencyKeys.MAX_KEYS) {
            StoredEvent event = carried.removeLast();
            if (event.millis() >= oldest && event.offset() <= segments.floor()) {
                keys.addFirst(event);
            }
        }
        return keys;
    }
}
