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
 * The thread that writes. It takes all waiting events, writes and syncs them at once, makes them visible to readers, and
 * then acknowledges them. After a failure the events are refused, and it continues in a new segment.
 */
final class JournalWriter implements Runnable {

    private static final Logger LOG = System.getLogger(JournalWriter.class.getName());

    private static final long SYNC_NANOS = Duration.ofMillis(100).toNanos();
    private static final long RETAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Segments segments;
    private final SyncMode sync;
    private final AppendQueue queue;
    private final JournalClocks clocks;
    private final Shown shown;
    private final DiskSpaceGuard space = new DiskSpaceGuard();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable String outage;
    private boolean failed; // the active segment cannot be trusted
    private long failedAt;
    private long syncedAt;
    private long retainedAt;

    JournalWriter(Segments segments, SyncMode sync, AppendQueue queue, JournalClocks clocks, Shown shown) {
        this.segments = segments;
        this.sync = sync;
        this.queue = queue;
        this.clocks = clocks;
        this.shown = shown;
        syncedAt = clocks.now();
        retainedAt = syncedAt;
    }

    /** The log that readers see. */
    interface Shown {

        long head();

        EventId idOf(long offset);

        void show(List<LogEntry> entries);

        /**
         * Called once, after the last turn.
         *
         * @param whole whether all events are durable
         */
        void ended(boolean whole);
    }

    /** Returns why nothing can be stored now, or {@code null} if all is well. */
    @Nullable
    String outage() {
        return outage;
    }

    CountDownLatch ended() {
        return ended;
    }

    @Override
    public void run() {
        try {
            while (!queue.isFinished()) {
                queue.await(SYNC_NANOS);
                turn();
            }
        } finally {
            finish();
        }
    }

    /** Does what is due now, without waiting for events. */
    void turn() {
        List<PendingEvent> batch = queue.take(segments.capacity());
        try {
            if (failed) {
                recover();
            }
            if (!batch.isEmpty()) {
                store(batch);
            }
            long now = clocks.now();
            if (segments.isUnsynced() && now - syncedAt >= SYNC_NANOS) {
                segments.sync();
                syncedAt = now;
            }
            if (now - retainedAt >= RETAIN_NANOS) {
                report(space.isFull(segments.freeBytes()) ? DiskSpaceGuard.FULL : null);
                segments.retain();
                retainedAt = now;
            }
        } catch (IOException | RuntimeException | Error failure) {
            fail(batch, failure);
        }
    }

    /** Stores the waiting events, and closes the journal. */
    void finish() {
        queue.close();
        while (!queue.isFinished()) {
            turn();
        }
        boolean whole = false;
        try {
            if (failed) {
                segments.recover();
            }
            segments.close();
            whole = true;
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.WARNING, "The journal was not closed cleanly: {0}", failure.getMessage());
        }
        shown.ended(whole);
        ended.countDown();
    }

    /** Tries once a second. */
    private void recover() throws IOException {
        long now = clocks.now();
        if (now - failedAt < RETRY_NANOS) {
            throw new IOException(outage);
        }
        failedAt = now;
        segments.recover();
        failed = false;
        report(null);
    }

    private void store(List<PendingEvent> all) throws IOException {
        long free = segments.freeBytes();
        if (space.isFull(free)) {
            report(DiskSpaceGuard.FULL);
            refuse(all, new LogFullException(DiskSpaceGuard.FULL));
            return;
        }
        List<PendingEvent> batch = DiskSpaceGuard.selectFitting(all, free);
        if (batch.isEmpty()) {
            return;
        }
        long millis = clocks.millis().getAsLong();
        List<LogEntry> entries = new ArrayList<>(batch.size());
        List<StoredEvent> events = new ArrayList<>(batch.size());
        for (PendingEvent next : batch) {
            long offset = shown.head() + 1 + entries.size();
            LogEntry entry = LogEntry.of(offset, shown.idOf(offset), next.event(), next.body(), clocks.now());
            entries.add(entry);
            events.add(StoredEvent.of(entry, next.key(), millis));
        }
        segments.append(events, sync == SyncMode.ALWAYS);
        shown.show(entries);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).stored().complete(shown.idOf(entries.get(i).offset()));
        }
        report(null);
    }

    private void fail(List<PendingEvent> batch, Throwable failure) {
        if (!failed) {
            failed = true;
            failedAt = clocks.now() - RETRY_NANOS;
        }
        boolean full = isFull(failure);
        String why = full ? DiskSpaceGuard.FULL : "The journal cannot be written.";
        if (outage == null) {
            LOG.log(Level.ERROR, "{0} Courant tries again every second: {1}", why, failure.getMessage());
            LOG.log(Level.DEBUG, "What failed", failure);
        }
        outage = why;
        refuse(batch, full ? new LogFullException(why) : new LogUnavailableException(why, failure));
    }

    private static void refuse(List<PendingEvent> batch, LogException why) {
        batch.forEach(next -> next.stored().completeExceptionally(why));
    }

    private boolean isFull(Throwable failure) {
        try {
            String message = String.valueOf(failure.getMessage());
            return message.contains("No space left")
                    || message.equals(DiskSpaceGuard.FULL)
                    || segments.freeBytes() < DiskSpaceGuard.RESERVE;
        } catch (IOException unknown) {
            return false;
        }
    }

    private void report(@Nullable String now) {
        if (now != null && outage == null) {
            LOG.log(Level.ERROR, now + " Publications are refused until there is");
        } else if (now == null && outage != null) {
            LOG.log(Level.INFO, "The journal stores again");
        }
        outage = now;
    }
}
