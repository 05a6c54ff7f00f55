package dev.courant.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reader's way through a topic's window, forward or backward; for one thread. Entries let go of are passed over. */
final class TopicReader {

    private final TopicWindow window;
    private final long upTo;
    private long number;

    @Nullable
    Entry entry; // where the reader stands; null at the end of its way

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

    /** The one that stands on the entry of the least offset; its entry is {@code null} if none stands on any. */
    static @Nullable TopicReader first(List<TopicReader> readers) {
        TopicReader first = null;
        for (TopicReader reader : readers) {
            first = first == null || reader.offset(Long.MAX_VALUE) < first.offset(Long.MAX_VALUE) ? reader : first;
        }
        return first;
    }

    /** The one that stands on the entry of the greatest offset; its entry is {@code null} if none stands on any. */
    static @Nullable TopicReader last(List<TopicReader> readers) {
        TopicReader last = null;
        for (TopicReader reader : readers) {
            last = last == null || reader.offset(-1) > last.offset(-1) ? reader : last;
        }
        return last;
    }

    private long offset(long ofNone) {
        return entry == null ? ofNone : entry.offset();
    }

    /** To the next one up to the limit. */
    void forward() {
        Entry here = entry;
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
        Entry found = null;
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
