package dev.courant.log;

import org.jspecify.annotations.Nullable;

/** One reader's way through a topic's window, forward or backward; for one thread. Entries let go of are passed over. */
final class TopicReader {

    private final TopicWindow window;
    private final long upTo;
    private long number;

    @Nullable
    LogEntry entry; // where the reader stands; null at the end of its way

    private TopicReader(TopicWindow window, long number, long upTo) {
        this.window = window;
        this.number = number;
        this.upTo = upTo;
    }

    /** Stands on the first entry after an offset. */
    static TopicReader after(TopicWindow window, long offset, long upTo) {
        TopicReader reader = new TopicReader(window, window.numberAfter(offset), upTo);
        reader.look(offset);
        return reader;
    }

    /** Stands on the newest entry. */
    static TopicReader newest(TopicWindow window) {
        TopicReader reader = new TopicReader(window, window.end(), Long.MAX_VALUE);
        reader.back();
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
            number++;
            look(here.offset());
        }
    }

    /** To the one before; there is none before one that was let go of. */
    void back() {
        number--;
        entry = number < 0 ? null : window.at(number);
    }

    private void look(long after) {
        LogEntry found = null;
        while (found == null && number < window.end()) {
            found = window.at(number);
            if (found == null) {
                number = window.numberAfter(after);
            } else if (found.offset() <= after) { // stored since, by one who asks for what is yet to come
                found = null;
                number++;
            }
        }
        entry = found != null && found.offset() <= upTo ? found : null;
    }
}
