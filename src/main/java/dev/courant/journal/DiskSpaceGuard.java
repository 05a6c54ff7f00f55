package dev.courant.journal;

import dev.courant.log.LogFullException;
import java.util.ArrayList;
import java.util.List;

/** Decides whether the device has enough free space to store events. For the writer. */
final class DiskSpaceGuard {

    /** With less free space, no event is stored. */
    static final long RESERVE = 16L << 20;

    /** Once events were refused, they are until so much is free: else they would be refused and accepted in turn. */
    static final long SUFFICIENT = 24L << 20;

    static final String FULL = "There is no room on the disk of the journal.";

    private boolean full;

    boolean isFull(long freeBytes) {
        full = freeBytes < (full ? SUFFICIENT : RESERVE);
        return full;
    }

    /** Returns the events that fit into the free space. An event that does not fit is refused on its own. */
    static List<PendingEvent> selectFitting(List<PendingEvent> batch, long freeBytes) {
        List<PendingEvent> fitting = new ArrayList<>(batch.size());
        long left = freeBytes - RESERVE;
        for (PendingEvent next : batch) {
            int bytes = next.body().length;
            if (2L * bytes <= left) {
                left -= 2L * bytes;
                fitting.add(next);
            } else {
                String why = "There is no room on the disk of the journal for an event of " + bytes + " bytes.";
                next.stored().completeExceptionally(new LogFullException(why));
            }
        }
        return fitting;
    }
}
