package dev.courant.log;

import dev.courant.event.TopicSelection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An iterator over entries in ascending or descending order of their offsets. */
public interface EntryIterator {

    /** Returns the next entry, or {@code null} after the last one. */
    @Nullable
    LogEntry next();

    /** Returns the next selected entries, until their frames have at least a number of bytes. */
    default List<LogEntry> readSelected(TopicSelection selection, int bytes) {
        List<LogEntry> entries = new ArrayList<>();
        int read = 0;
        for (LogEntry next = next(); next != null; next = read < bytes ? next() : null) {
            if (next.isSelectedBy(selection)) {
                entries.add(next);
                read += next.frame().length;
            }
        }
        return entries;
    }
}
