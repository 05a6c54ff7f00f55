package dev.courant.journal;

import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.MVStore;
import courant.shaded.h2.mvstore.MVStoreException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A store whose newest commits are whole, or of which as much is there as can be read.
 *
 * @param missing what is not there any more, for the log; {@code null} if all is
 */
record OpenStore(
        BlockStore blocks,
        MVStore store,
        Tables maps,
        @Nullable String missing) {

    /** More than is written between two syncs. */
    static final int UNSYNCED_SECONDS = 2;

    private static final int MOST_DISCARDED = 1000;
    private static final int MOST_SALVAGED = 20;
    private static final int KEYS_A_PAGE = 64;
    private static final int RETENTION_MILLIS = 200;
    private static final Map<String, Object> CONFIG =
            Map.of("cacheSize", cacheMebibytes(Runtime.getRuntime().maxMemory()), "pageSplitSize", 8 << 10);

    /**
     * Opens what is on a disk, or makes it. What is refused is left as it is.
     *
     * @param closed whether it was closed: then nothing was being written, and nothing is taken back
     * @throws JournalRefusedException if nothing of it can be read, or it is no journal
     */
    static OpenStore on(Disk disk, boolean closed) throws IOException {
        refuseForeign(disk);
        CopyOnWriteDisk draft = new CopyOnWriteDisk(disk);
        OpenStore open = newest(draft, closed);
        if (open == null) {
            draft = new CopyOnWriteDisk(disk);
            open = salvaged(draft);
            copy(disk); // what cannot be read now is written over from now on
        }
        draft.keep();
        return open;
    }

    /**
     * Reads what is on a disk as {@link #on} does, but writes nothing.
     *
     * @throws JournalRefusedException as {@link #on}, and if the journal ends before where it was closed
     */
    static void check(Disk disk, CleanStopMarker stop) throws IOException {
        if (disk.length() == 0) {
            return; // a new journal
        }
        refuseForeign(disk);
        OpenStore newest = newest(new CopyOnWriteDisk(disk), stop.isThere());
        OpenStore open = newest == null ? salvaged(new CopyOnWriteDisk(disk)) : newest;
        try {
            if (stop.end() > open.maps().head()) {
                throw CleanStopMarker.contradicted();
            }
        } finally {
            open.store().closeImmediately();
        }
    }

    private static void refuseForeign(Disk disk) throws IOException {
        if (disk.length() > 0
                && new ChecksummedBlocks(disk, 0).length() < BlockFile.HEADERS) { // the store would search for ever
            throw new JournalRefusedException(JournalFile.NO_JOURNAL);
        }
    }

    private static void copy(Disk disk) {
        try {
            disk.copy();
        } catch (IOException noRoom) {
            throw new JournalRefusedException(
                    "it is damaged, and no copy of it as it is can be kept beside it: " + noRoom.getMessage(), noRoom);
        }
    }

    /** Of which nothing is damaged but what was written last, and is taken back; {@code null} if more is. */
    private static @Nullable OpenStore newest(Disk disk, boolean closed) throws IOException {
        long newestAt = -1;
        for (int taken = 0; taken < MOST_DISCARDED; taken++) {
            BlockStore blocks = new BlockStore(blocks(disk), CONFIG);
            MVStore store = null;
            try {
                store = open(blocks);
                if (blocks.isWhole(UNSYNCED_SECONDS)) {
                    var lost = blocks.lost();
                    for (var chunk : lost) {
                        newestAt = Math.max(newestAt, chunk.time);
                    }
                    if (blocks.isEmptied() || newestAt > blocks.newestAt() + UNSYNCED_SECONDS * 1000L) {
                        store.closeImmediately();
                        return null;
                    }
                    int left = taken + lost.size();
                    String missing = "what was written last is damaged and left out: commits: " + left;
                    return new OpenStore(blocks, store, ours(store), left == 0 ? null : missing);
                }
            } catch (MVStoreException unreadable) {
                if (!blocks.hasNewest() || isOfOld(unreadable, blocks)) {
                    return null;
                }
            }
            newestAt = Math.max(newestAt, blocks.newestAt());
            if (!closed) { // the chunk stays known when the store is closed, which must not write now
                blocks.discardNewest();
            }
            if (store != null) {
                store.closeImmediately();
            }
            if (closed) {
                return null;
            }
        }
        return null;
    }

    /** Of which something is missing. */
    private static OpenStore salvaged(Disk disk) throws IOException {
        long below = Long.MAX_VALUE;
        for (int tries = 0; tries < MOST_SALVAGED; tries++) {
            SalvagedStore blocks = new SalvagedStore(blocks(disk), CONFIG, below);
            try {
                MVStore store = open(blocks);
                Tables maps = ours(store);
                if (maps.epochs() != null && maps.head() > 0) {
                    return new OpenStore(blocks, store, maps, blocks.missing());
                }
                store.closeImmediately();
                break;
            } catch (MVStoreException unreadable) {
                if (!blocks.hasNewest() || unreadable.getErrorCode() == DataUtils.ERROR_READING_FAILED) {
                    throw new JournalRefusedException(String.valueOf(unreadable.getMessage()), unreadable);
                }
                below = blocks.newestVersion();
            }
        }
        throw new JournalRefusedException(JournalFile.NOTHING_LEFT);
    }

    private static Tables ours(MVStore store) {
        Tables maps = new Tables(store);
        if (!maps.isOurs()) {
            throw new JournalRefusedException("it was written by another version");
        }
        return maps;
    }

    /** Whether to take back what was written last would not help. */
    private static boolean isOfOld(MVStoreException unreadable, BlockStore blocks) throws IOException {
        return unreadable.getErrorCode() == DataUtils.ERROR_READING_FAILED
                || (ChecksummedBlocks.DamagedException.isCauseOf(unreadable) && blocks.isWhole(UNSYNCED_SECONDS));
    }

    private static ChecksummedBlocks blocks(Disk disk) {
        return new ChecksummedBlocks(disk, ThreadLocalRandom.current().nextInt());
    }

    /** Returns the size of the store's page cache: 16 MiB, or less for a small heap. */
    static int cacheMebibytes(long heapBytes) {
        return (int) Math.max(1, Math.min(16, heapBytes / (64 << 20)));
    }

    private static MVStore open(BlockStore blocks) {
        // Nothing is committed but by us, since what belongs together is one commit; so no thread of the store's own.
        // Before it is opened: set later, what had been synced before was written over, as PowerCutTest shows.
        blocks.setRetentionTime(RETENTION_MILLIS);
        MVStore store = new MVStore.Builder()
                .adoptFileStore(blocks)
                .autoCommitDisabled()
                .keysPerPage(KEYS_A_PAGE)
                .open();
        store.setVersionsToKeep(0); // but for those that are in use
        return store;
    }
}
