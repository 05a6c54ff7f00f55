package dev.courant.log;

import org.jspecify.annotations.Nullable;

/** Entries in the order of the log, or against it. */
interface EntryIterator {

    /** {@code null} after the last. */
    @Nullable
    LogEntry next();
}
