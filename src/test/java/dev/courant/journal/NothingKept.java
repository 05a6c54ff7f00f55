package dev.courant.journal;

import java.util.Random;

/** The power failure of {@link MemoryDisk} that keeps nothing unsynced. */
final class NothingKept extends Random {

    private static final long serialVersionUID = 1;

    @Override
    public boolean nextBoolean() {
        return false;
    }
}
