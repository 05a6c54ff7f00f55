package dev.courant.journal;

import courant.shaded.h2.mvstore.MVStore;
import courant.shaded.h2.mvstore.MVStoreException;
import dev.courant.log.LogUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file, opened. One thread writes, and opens it anew after it could not be written; any number read meanwhile. What
 * was synced last is not written over until the next sync, and what is being read not before it has been.
 */
final class JournalFile implements AutoCloseable {

    static final String NO_JOURNAL = "it is no journal of Courant, or its beginning is damaged or cut off."
            + " Put back a copy, or move it away to begin anew";

    static final String NOTHING_LEFT = "so much of it is damaged or cut off that nothing can be read."
            + " Put back a copy, or move it away to begin anew";

    private static final long COMPACT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Disk disk;
    private final ReadWriteLock inUse = new ReentrantReadWriteLock(); // read by readers, written by who replaces
    private OpenStore open; // written by the writer under inUse
    private MVStore.@Nullable TxCounter synced; // the version found, or synced last
    /**
     * The version synced before that one. What is not needed since may be written over: only the next version says in the
     * file that it is not needed, and a version that seems to need what was written over is not taken up again.
     */
    private MVStore.@Nullable TxCounter kept;

    private long syncedVersion;
    private boolean unsynced;
    private boolean headerToo;

    /**
     * Opens it.
     *
     * @param closed whether it was, the last time
     * @throws JournalRefusedException as {@link OpenStore#on}
     */
    JournalFile(Disk disk, boolean closed) throws IOException {
        this.disk = disk;
        open = OpenStore.on(disk, closed);
        keepFound();
    }

    private void keepFound() {
        synced = open.store().registerVersionUsage();
        kept = null;
        syncedVersion = open.store().getCurrentVersion();
    }

    // ---- the writer's ----

    Tables maps() {
        return open.maps();
    }

    /** What of that which had been written is damaged; {@code null} if nothing is. */
    @Nullable
    String missing() {
        return open.missing();
    }

    /** @throws MVStoreException if it could not be written; then it has to be {@link #reopen}ed */
    void commit() {
        unsynced |= open.store().hasUnsavedChanges();
        open.store().commit();
    }

    /**
     * From now on the header names what was synced last, and is synced after it. Costs a second sync each time. Without it a
     * power failure between two syncs may make more unreachable than was committed since.
     */
    void syncHeaderToo() {
        headerToo = true;
        open.blocks().holdHeader(true);
    }

    /** Whether something was committed since. */
    boolean isUnsynced() {
        return unsynced;
    }

    /** @throws MVStoreException as {@link #commit} */
    void sync() {
        open.store().sync();
        if (headerToo) {
            open.blocks().syncHeader();
        }
        unsynced = false;
        if (syncedVersion == open.store().getCurrentVersion()) {
            return;
        }
        syncedVersion = open.store().getCurrentVersion();
        open.store().deregisterVersionUsage(kept);
        kept = synced;
        synced = open.store().registerVersionUsage();
    }

    /** How many bytes more there is room for on the disk. */
    long room() throws IOException {
        return disk.room();
    }

    /** In bytes, on the disk. */
    long size() throws IOException {
        return disk.length();
    }

    /** Whether much of the file is dead or free. */
    boolean isWorthCompacting() {
        return new CompactionPlan(open.blocks()).isWorthIt();
    }

    /**
     * Gives some of what is free back to the file system.
     *
     * @return whether there may be more to do
     */
    boolean compact() {
        boolean more = new CompactionPlan(open.blocks()).turn();
        open.maps().touch(); // what is dead goes with the commits that follow
        commit();
        open.blocks().shrink(open.store());
        return more;
    }

    /** To be called before anything is written, if the journal was not closed: {@link BlockStore#wipeLost}. */
    void wipeLost() throws IOException {
        open.blocks().wipeLost();
    }

    /** Begins again with what is on the disk, after a failure. */
    void reopen() throws IOException {
        inUse.writeLock().lock();
        try {
            open.store().closeImmediately();
            open = OpenStore.on(disk, false);
            keepFound();
            open.blocks().holdHeader(headerToo);
            wipeLost();
        } finally {
            inUse.writeLock().unlock();
        }
    }

    /** Commits, compacts for a moment and closes the store, but not the disk. */
    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (open.store().isClosed()) {
                return; // it failed
            }
            headerToo = false;
            open.blocks().holdHeader(false);
            long started = System.nanoTime();
            boolean more = isWorthCompacting();
            while (more && System.nanoTime() - started < COMPACT_NANOS) {
                more = compact() && isWorthCompacting();
                sync();
            }
            open.store().deregisterVersionUsage(kept);
            open.store().deregisterVersionUsage(synced);
            kept = null;
            synced = null;
            open.store().close();
        } finally {
            inUse.writeLock().unlock();
        }
    }

    // ---- any thread's ----

    /**
     * Answers with what is read.
     *
     * @throws LogUnavailableException if nothing can be read now
     * @throws MVStoreException if what is read is damaged
     */
    <T> T read(Function<Tables, T> reading) {
        inUse.readLock().lock();
        try {
            if (open.store().isClosed()) {
                throw new LogUnavailableException("The journal is closed.");
            }
            MVStore.TxCounter version = open.store().registerVersionUsage();
            try {
                return reading.apply(open.maps());
            } catch (RuntimeException failed) {
                if (open.store().isClosed()) { // by the writer, meanwhile: anything may come of that
                    throw new LogUnavailableException("The journal is being opened anew.", failed);
                }
                throw failed;
            } finally {
                open.store().deregisterVersionUsage(version);
            }
        } finally {
            inUse.readLock().unlock();
        }
    }
}
