package dev.courant.journal;

import dev.courant.log.LogFullException;
import java.util.ArrayList;
import java.util.List;

/** Whether there is enough room on the disk. For one thread. */
final class DiskSpaceGuard {

    /** Below this, nothing more is stored: what is left is for letting go of old events. */
    static final long RESERVE = 16L << 20;

    /** Once there was less, it takes so much to store more: else it would be refused and taken in turn. */
    static final long WELL = 24L << 20;

    static final String LACKING = "There is no room on the disk of the journal.";

    private boolean lacking;

    boolean isLacking(long room) {
        lacking = room < (lacking ? WELL : RESERVE);
        return lacking;
    }

    /** Those that there is room for. That one is too large says nothing of the journal: only who published it is told. */
    static List<PendingEvent> fitting(List<PendingEvent> batch, long room) {
        List<PendingEvent> fitting = new ArrayList<>(batch.size());
        long left = room - RESERVE;
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
