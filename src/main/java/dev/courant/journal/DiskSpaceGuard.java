package dev.courant.journal;

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

    /** Returns whether an event fits into the free space, with a reserve and its index. */
    static boolean fits(PendingEvent event, long freeBytes) {
        return 2L * event.body().length <= freeBytes - RESERVE;
    }
}
