package dev.courant.journal;

import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import org.jspecify.annotations.Nullable;

/** One reader's way along what is stored, forward or backward; for one thread. */
interface StoredEventIterator {

    /** Goes to the next event; {@code false} after the last. */
    boolean next();

    long offset();

    /** {@code null} if it was let go of meanwhile. */
    @Nullable
    LogEntry entry();

    /** How long its frame is, or -1 if it is not for who made a selection. */
    default int length(TopicSelection selection) {
        LogEntry entry = entry();
        return entry != null && entry.isSelectedBy(selection) ? entry.frame().length : -1;
    }
}
