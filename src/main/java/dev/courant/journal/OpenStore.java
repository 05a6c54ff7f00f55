package dev.courant.journal;

import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.MVStore;
import courant.shaded.h2.mvstore.MVStoreException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A store whose newest commits are whole.
 *
 * @param discarded whether some had to be taken back for that
 */
record OpenStore(BlockStore blocks, MVStore store, Maps maps, boolean discarded) {

    /** More than is written between two syncs. */
    static final int UNSYNCED_SECONDS = 2;

    private static final int MOST_DISCARDED = 1000;
    private static final int CACHE_MEGABYTES = 16;
    private static final int KEYS_A_PAGE = 64;
    private static final int PAGE_BYTES = 8 << 10;
    private static final int RETENTION_MILLIS = 200;

    /**
     * Opens what is on a disk, or makes it.
     *
     * @param closed whether it was closed: then nothing was being written, and what is damaged is not left out silently
     * @throws JournalRefusedException if it is damaged beyond what was written last, or no journal
     */
    static OpenStore on(Disk disk, boolean closed) throws IOException {
        boolean discarded = false;
        for (int tries = 0; tries < MOST_DISCARDED; tries++) {
            BlockStore blocks = blocks(disk);
            MVStore store = null;
            try {
                store = open(blocks);
                if (blocks.isWhole(UNSYNCED_SECONDS)) {
                    Maps maps = new Maps(store);
                    if (maps.isOurs()) {
                        return new OpenStore(blocks, store, maps, discarded);
                    }
                    throw new JournalRefusedException("it was written by another version");
                }
            } catch (MVStoreException unreadable) {
                if (!blocks.hasNewest() || isOfOld(unreadable, blocks)) {
                    throw new JournalRefusedException(
                            "it cannot be read, or is no journal: " + unreadable.getMessage(), unreadable);
                }
            }
            if (closed) {
                if (store != null) {
                    store.closeImmediately();
                }
                throw CleanStop.contradicted();
            }
            // The chunk stays known when the store is closed, which must not write now.
            blocks.discardNewest();
            discarded = true;
            if (store != null) {
                store.closeImmediately();
            }
        }
        throw new JournalRefusedException("it is damaged");
    }

    /** Whether to take back what was written last would not help. */
    private static boolean isOfOld(MVStoreException unreadable, BlockStore blocks) throws IOException {
        return unreadable.getErrorCode() == DataUtils.ERROR_READING_FAILED
                || (Blocks.DamagedException.isCauseOf(unreadable) && blocks.isWhole(UNSYNCED_SECONDS));
    }

    private static BlockStore blocks(Disk disk) throws IOException {
        Map<String, Object> config = Map.of("cacheSize", CACHE_MEGABYTES, "pageSplitSize", PAGE_BYTES);
        BlockStore blocks =
                new BlockStore(new Blocks(disk, ThreadLocalRandom.current().nextInt()), config);
        blocks.setRetentionTime(RETENTION_MILLIS);
        return blocks;
    }

    private static MVStore open(BlockStore blocks) {
        // Nothing is committed but by us, since what belongs together is one commit; so no thread of the store's own.
        MVStore store = new MVStore.Builder()
                .adoptFileStore(blocks)
                .autoCommitDisabled()
                .keysPerPage(KEYS_A_PAGE)
                .open();
        store.setVersionsToKeep(0); // but for those that are in use
        return store;
    }
}
