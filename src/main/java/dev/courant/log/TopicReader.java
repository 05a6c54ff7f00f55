package dev.courant.log;

import org.jspecify.annotations.Nullable;

/** One reader's way through a topic's window, forward or backward; for one thread. Entries let go of are passed over. */
final class TopicReader {

    private final TopicWindow window;
    private final long upTo;
    private long index;

    @Nullable
    LogEntry entry; // where the reader stands; null at the end of its way

    private TopicReader(TopicWindow window, long index, long upTo) {
        this.window = window;
        this.index = index;
        this.upTo = upTo;
    }

    /** Stands on the first entry after an offset. */
    static TopicReader after(TopicWindow window, long offset, long upTo) {
        TopicReader reader = new TopicReader(window, window.indexAfter(offset), upTo);
        reader.moveTo(offset);
        return reader;
    }

    /** Stands on the newest entry. */
    static TopicReader newest(TopicWindow window) {
        TopicReader reader = new TopicReader(window, window.end(), Long.MAX_VALUE);
        reader.backward();
        return reader;
    }

    /** Where it stands; to be asked only while it stands on an entry. */
    long offset() {
        return entry == null ? -1 : entry.offset();
    }

    /** To the next one up to the limit. */
    void forward() {
        LogEntry here = entry;
        if (here != null) {
            index++;
            moveTo(here.offset());
        }
    }

    /** To the one before; there is none before one that was let go of. */
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
            } else if (found.offset() <= after) { // stored since, by one who asks for what is yet to come
                found = null;
                index++;
            }
        }
        entry = found != null && found.offset() <= upTo ? found : null;
    }
}
