package dev.courant.journal;

import dev.courant.log.LogEntry;
import dev.courant.log.RetentionBounds;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The part of a journal that is in memory after its start. */
final class WindowLoader {

    private WindowLoader() {}

    /** Returns the newest entries, the oldest of them first: all that follow the last lost or expired one. */
    static Deque<LogEntry> load(SegmentList segments, long head, RetentionBounds window, JournalClocks clocks)
            throws IOException {
        Deque<LogEntry> entries = new ArrayDeque<>();
        long maxAge = Math.min(
                window.whole().maxAge().toNanos(), window.topic().maxAge().toNanos());
        long bytes = 0;
        for (Segment segment : segments.find(head, 0)) {
            for (long offset = segments.lastOffset(segment, head); offset >= segment.base(); offset--) {
                StoredEvent event = offset > segments.lost() ? segment.read(offset) : null;
                if (event == null || entries.size() == window.whole().maxEvents()) {
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
}
