package dev.courant.journal;

import dev.courant.event.Selection;
import dev.courant.log.Entry;
import org.jspecify.annotations.Nullable;

/** One reader's way along what is stored, forward or backward; for one thread. */
interface Walk {

    /** Goes to the next event; {@code false} after the last. */
    boolean next();

    long offset();

    /** {@code null} if it was let go of meanwhile. */
    @Nullable
    Entry entry();

    /** How long its frame is, or -1 if it is not for who made a selection. */
    default int length(Selection selection) {
        Entry entry = entry();
        return entry != null && entry.isFor(selection) ? entry.frame().length : -1;
    }
}
