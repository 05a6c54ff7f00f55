package dev.courant.journal;

import java.io.IOException;

/** Lets go of what exceeds the {@link Bounds}, and gives its room back to the file system. The writer's. */
final class Keeping {

    private static final int REMOVED_AT_ONCE = 1000;

    /** Of the file, what the events themselves may take; the rest is for indexes and for room to compact in. */
    private static final double SHARE = 0.7;

    private final JournalFile file;
    private final Bounds bounds;
    private final Clocks clocks;

    Keeping(JournalFile file, Bounds bounds, Clocks clocks) {
        this.file = file;
        this.bounds = bounds;
        this.clocks = clocks;
    }

    /**
     * Does some of what there is to do; takes a few milliseconds.
     *
     * @return whether there is more
     */
    boolean turn(Contents contents) throws IOException {
        long before = clocks.millis().getAsLong() - bounds.maxAge().toMillis();
        int removed = contents.removeOldest(REMOVED_AT_ONCE, before);
        int excess = excess();
        removed += excess == 0 ? 0 : contents.removeOldest(excess, Long.MAX_VALUE);
        if (removed > 0) {
            file.commit();
        }
        boolean worthIt = file.isWorthCompacting();
        if (!worthIt && file.size() > bounds.maxBytes()) {
            removed += contents.removeOldest(REMOVED_AT_ONCE, Long.MAX_VALUE); // they are larger than was thought
            file.commit();
        }
        return (worthIt && file.compact()) || removed > 0;
    }

    private int excess() {
        Maps maps = file.maps();
        long events = maps.events.sizeAsLong();
        if (maps.bytes() > bounds.maxBytes() * SHARE) {
            return REMOVED_AT_ONCE;
        }
        return (int) Math.max(0, Math.min(REMOVED_AT_ONCE, events - bounds.maxEvents()));
    }
}
