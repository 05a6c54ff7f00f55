package dev.courant.log;

import org.jspecify.annotations.Nullable;

/**
 * A reader of the window of one topic, forward or backward. It skips entries that are evicted while it reads. Not
 * thread-safe.
 */
final class TopicReader {

    private final TopicWindow window;
    private final long upTo;
    private long index;

    @Nullable
    LogEntry entry; // null at the end

    private TopicReader(TopicWindow window, long index, long upTo) {
        this.window = window;
        this.index = index;
        this.upTo = upTo;
    }

    /** Returns a reader at the first entry after an offset. */
    static TopicReader startAfter(TopicWindow window, long offset, long upTo) {
        TopicReader reader = new TopicReader(window, window.indexAfter(offset), upTo);
        reader.moveTo(offset);
        return reader;
    }

    /** Returns a reader at the newest entry. */
    static TopicReader startAtNewest(TopicWindow window) {
        TopicReader reader = new TopicReader(window, window.end(), Long.MAX_VALUE);
        reader.backward();
        return reader;
    }

    /** Returns the offset of the current entry, or -1 at the end. */
    long offset() {
        return entry == null ? -1 : entry.offset();
    }

    /** Moves to the next entry, or to the end if the offset of that entry exceeds the limit. */
    void forward() {
        LogEntry here = entry;
        if (here != null) {
            index++;
            moveTo(here.offset());
        }
    }

    /** Moves to the previous entry. If it was evicted, moves to the end: all entries before it were evicted too. */
    void backward() {
        index--;
        entry = index < 0 ? null : window.get(index);
    }

    private void moveTo(long after) {
        LogEntry found = null;
        while (found == null && index < window.end()) {
            found = window.get(index);
            if (found == null) {
                index = window.indexAfter(after);
            } else if (found.offset() <= after) { // appended after the search; its offset is too low
                found = null;
                index++;
            }
        }
        entry = found != null && found.offset() <= upTo ? found : null;
    }
}
