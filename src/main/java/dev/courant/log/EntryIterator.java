package dev.courant.log;

import org.jspecify.annotations.Nullable;

/** An iterator over entries in ascending or descending order of their offsets. */
interface EntryIterator {

    /** Returns the next entry, or {@code null} after the last one. */
    @Nullable
    LogEntry next();
}
