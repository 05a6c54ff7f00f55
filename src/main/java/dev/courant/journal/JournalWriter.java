package dev.courant.journal;

import dev.courant.event.EventId;
import dev.courant.log.LogEntry;
import dev.courant.log.LogException;
import dev.courant.log.LogFullException;
import dev.courant.log.LogUnavailableException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes. It takes all that waits, commits it at once, syncs once for all of it, shows it to those who
 * read, and tells those who published. What cannot be written is told them too, and the file is opened anew.
 */
final class JournalWriter implements Runnable {

    private static final Logger LOG = System.getLogger(JournalWriter.class.getName());

    private static final long SYNC_NANOS = Duration.ofMillis(100).toNanos();
    private static final long KEEP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final JournalFile file;
    private final SyncMode sync;
    private final AppendQueue waiting;
    private final RetentionTask keeping;
    private final JournalClocks clocks;
    private final DiskSpaceGuard room = new DiskSpaceGuard();
    private final Shown shown;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable String trouble;
    private boolean broken; // the file has to be opened anew
    private boolean tainted; // what follows the head in the file was not acknowledged
    private boolean more; // to let go of
    private long syncedAt;
    private long brokenAt;
    private long keptAt;

    JournalWriter(
            JournalFile file,
            SyncMode sync,
            AppendQueue waiting,
            RetentionTask keeping,
            JournalClocks clocks,
            Shown shown) {
        this.file = file;
        this.sync = sync;
        this.waiting = waiting;
        this.keeping = keeping;
        this.clocks = clocks;
        this.shown = shown;
        syncedAt = clocks.now();
        keptAt = syncedAt;
        if (sync == SyncMode.INTERVAL) {
            file.syncHeaderToo();
        }
    }

    interface Shown {
        long head();

        EventId idOf(long offset);

        void show(List<LogEntry> entries);

        /** Up to here, what was stored is about to go. */
        void raise(long floor);

        /** Of what was stored some is gone, nobody knows what. */
        void lost();

        /** All is stored, and nothing comes any more. */
        void ended(boolean whole);
    }

    /** Why nothing can be stored now; {@code null} if all is well. */
    @Nullable
    String trouble() {
        return trouble;
    }

    CountDownLatch ended() {
        return ended;
    }

    @Override
    public void run() {
        try {
            while (!waiting.isOver()) {
                turn(waiting.take(more ? 0 : SYNC_NANOS));
            }
            turn(List.of());
        } finally {
            shown.ended(!broken && !tainted);
            ended.countDown();
        }
    }

    private void turn(List<PendingEvent> batch) {
        try {
            if (broken) {
                reopen();
            }
            if (!batch.isEmpty()) {
                store(batch);
            }
            long now = clocks.now();
            if (file.isUnsynced() && now - syncedAt >= SYNC_NANOS) {
                sync(now);
            }
            if (more || tainted || now - keptAt >= KEEP_NANOS) {
                keep(now);
            }
        } catch (IOException | RuntimeException | Error failed) {
            fail(batch, failed);
        }
    }

    /** Or fails again, but does not try all the time. */
    private void reopen() throws IOException {
        long now = clocks.now();
        if (now - brokenAt < AGAIN_NANOS) {
            throw new IOException(String.valueOf(trouble));
        }
        brokenAt = now;
        file.reopen();
        if (file.maps().head() < shown.head()) { // not with a disk that keeps what it has synced
            shown.lost();
            throw new IOException("events that had been stored are gone: restart Courant");
        }
        broken = false;
        tainted = true;
    }

    /** Has nothing come back that was refused, before anything else is stored. */
    private void cleanse() {
        if (tainted) {
            contents().removeAfter(shown.head());
            file.maps().touch(); // to see that it can be written
            file.commit();
            sync(clocks.now());
            tainted = false;
        }
    }

    private void store(List<PendingEvent> all) throws IOException {
        long left = file.room();
        if (room.isLacking(left)) {
            say(DiskSpaceGuard.LACKING);
            refuse(all, new LogFullException(DiskSpaceGuard.LACKING));
            return;
        }
        List<PendingEvent> batch = DiskSpaceGuard.fitting(all, left);
        if (batch.isEmpty()) {
            return;
        }
        cleanse();
        List<LogEntry> entries = new ArrayList<>(batch.size());
        JournalContents contents = contents();
        long millis = clocks.millis().getAsLong();
        for (PendingEvent next : batch) {
            long offset = shown.head() + 1 + entries.size();
            LogEntry entry = LogEntry.of(offset, shown.idOf(offset), next.event(), next.body(), clocks.now());
            contents.add(entry, StoredEvent.of(entry, next.once(), millis));
            entries.add(entry);
        }
        file.commit();
        if (sync == SyncMode.ALWAYS) {
            sync(clocks.now());
        }
        shown.show(entries);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).stored().complete(shown.idOf(entries.get(i).offset()));
        }
        say(null);
    }

    private void sync(long now) {
        file.sync();
        syncedAt = now;
    }

    private void keep(long now) throws IOException {
        long left = file.room();
        if (left >= DiskSpaceGuard.RESERVE) {
            cleanse();
        }
        say(room.isLacking(left) ? DiskSpaceGuard.LACKING : null);
        more = left >= DiskSpaceGuard.RESERVE / 2 && !tainted && keeping.turn(contents());
        keptAt = now;
    }

    private JournalContents contents() {
        return new JournalContents(file.maps(), shown::raise);
    }

    /** What was not stored is told to those who wait; who has been told already is not told again. */
    private void fail(List<PendingEvent> batch, Throwable failed) {
        if (!broken) {
            broken = true;
            brokenAt = clocks.now() - AGAIN_NANOS;
        }
        more = false;
        boolean full = isFull(failed);
        String why = full ? DiskSpaceGuard.LACKING : "The journal cannot be written.";
        if (trouble == null) {
            LOG.log(Level.ERROR, "{0} It is opened anew: {1}", why, failed.getMessage());
            LOG.log(Level.DEBUG, "What failed", failed);
        }
        trouble = why;
        refuse(batch, full ? new LogFullException(why) : new LogUnavailableException(why, failed));
    }

    private static void refuse(List<PendingEvent> batch, LogException why) {
        batch.forEach(next -> next.stored().completeExceptionally(why));
    }

    private boolean isFull(Throwable failed) {
        try {
            String message = String.valueOf(failed.getMessage());
            boolean isFull = message.contains("No space left") || message.equals(DiskSpaceGuard.LACKING);
            return isFull || file.room() < DiskSpaceGuard.RESERVE;
        } catch (IOException unknown) {
            return false;
        }
    }

    private void say(@Nullable String now) {
        if (now != null && trouble == null) {
            LOG.log(Level.ERROR, now + " What is published is refused until there is");
        } else if (now == null && trouble != null) {
            LOG.log(Level.INFO, "The journal stores again");
        }
        trouble = now;
    }
}
