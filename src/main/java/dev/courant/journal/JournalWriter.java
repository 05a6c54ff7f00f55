package dev.courant.journal;

import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import dev.courant.log.LogEntry;
import dev.courant.log.LogException;
import dev.courant.log.LogFullException;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.TopicEndedException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes. It takes all waiting events, writes and syncs them at once, makes them visible to readers, and
 * then acknowledges them. After a failure the events are refused, and it continues in a new segment.
 */
final class JournalWriter implements Runnable {

    private static final Logger LOG = System.getLogger(JournalWriter.class.getName());

    private static final int SYNC_MILLIS = 100;
    private static final long SYNC_NANOS = Duration.ofMillis(SYNC_MILLIS).toNanos();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos(); // between retries, and for the retention

    private final JournalLog log;
    private final Segments segments;
    private final SyncMode sync;
    private final AppendQueue queue;
    private final JournalClocks clocks;
    private final DiskSpaceGuard space = new DiskSpaceGuard();
    private volatile @Nullable String outage;
    private boolean failed; // the active segment cannot be trusted
    private long failedAt;
    private long syncedAt;
    private long retainedAt;

    JournalWriter(JournalLog log, Segments segments, SyncMode sync, AppendQueue queue, JournalClocks clocks) {
        this.log = log;
        this.segments = segments;
        this.sync = sync;
        this.queue = queue;
        this.clocks = clocks;
        syncedAt = clocks.now();
        retainedAt = syncedAt;
    }

    /** Returns why nothing can be stored now, or {@code null} if all is well. */
    @Nullable
    String outage() {
        return outage;
    }

    @Override
    public void run() {
        try {
            while (!queue.isFinished()) {
                queue.await(SYNC_MILLIS);
                turn();
            }
        } finally {
            finish();
        }
    }

    /** Does all work that is due now, without waiting for events. */
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
            if (now - retainedAt >= SECOND_NANOS) {
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
        log.end(whole);
    }

    private void recover() throws IOException {
        long now = clocks.now();
        if (now - failedAt < SECOND_NANOS) {
            throw new IOException(outage);
        }
        failedAt = now;
        segments.recover();
        failed = false;
        report(null);
    }

    private void store(List<PendingEvent> batch) throws IOException {
        batch.removeIf(PendingEvent::isRefused);
        long free = segments.freeBytes();
        if (space.isFull(free)) {
            report(DiskSpaceGuard.FULL);
            refuse(batch, new LogFullException(DiskSpaceGuard.FULL));
            return;
        }
        if (!batch.isEmpty()
                && !DiskSpaceGuard.fits(
                        batch.get(batch.size() - 1), free)) { // only the last one of a batch may be large
            PendingEvent large = batch.remove(batch.size() - 1);
            refuse(
                    List.of(large),
                    new LogFullException("There is no room on the disk of the journal for an event of "
                            + large.body().length + " bytes."));
        }
        if (batch.isEmpty()) {
            return;
        }
        long millis = clocks.millis().getAsLong();
        List<LogEntry> entries = new ArrayList<>(batch.size());
        List<StoredEvent> events = new ArrayList<>(batch.size());
        batch = refuseEnded(batch);
        for (PendingEvent next : batch) {
            long offset = log.head() + 1 + entries.size();
            LogEntry entry = LogEntry.of(offset, log.idOf(offset), next.event(), next.body(), clocks.now(), millis);
            entries.add(entry);
            events.add(StoredEvent.of(entry, next.key()));
        }
        if (events.isEmpty()) {
            return;
        }
        segments.append(events, sync == SyncMode.ALWAYS);
        log.show(entries);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).stored().complete(log.idOf(entries.get(i).offset()));
        }
        report(null);
    }

    /** Refuses the events of topics that have ended, also by an earlier event of the batch. Returns the others. */
    private List<PendingEvent> refuseEnded(List<PendingEvent> batch) {
        Set<Topic> ended = new HashSet<>(); // by an event of the batch, which the log does not contain yet
        List<PendingEvent> accepted = new ArrayList<>(batch.size());
        for (PendingEvent next : batch) {
            List<Topic> topics = next.event().topics();
            if (topics.stream().anyMatch(topic -> ended.contains(topic) || log.findEnd(topic) != null)) {
                refuse(List.of(next), new TopicEndedException());
                continue;
            }
            accepted.add(next);
            if (next.event().kind() == EventKind.END) {
                ended.addAll(topics);
            }
        }
        return accepted;
    }

    private void fail(List<PendingEvent> batch, Throwable failure) {
        if (!failed) {
            failed = true;
            failedAt = clocks.now() - SECOND_NANOS;
        }
        boolean full = isFull(failure);
        String why = full ? DiskSpaceGuard.FULL : "The journal cannot be written.";
        if (outage == null) {
            LOG.log(Level.ERROR, "{0} Courant tries again every second: {1}", why, failure.getMessage());
            LOG.log(Level.DEBUG, "The failure", failure);
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
