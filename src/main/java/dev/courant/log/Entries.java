package dev.courant.log;

import org.jspecify.annotations.Nullable;

/** Entries in the order of the log, or against it. */
interface Entries {

    /** {@code null} after the last. */
    @Nullable
    Entry next();
}
