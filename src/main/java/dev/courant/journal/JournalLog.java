package dev.courant.journal;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import dev.courant.log.EpochHistory;
import dev.courant.log.History;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.KeyedEvent;
import dev.courant.log.LogEntry;
import dev.courant.log.RetentionBounds;
import dev.courant.log.StreamPosition;
import dev.courant.log.WindowLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A log in a directory, which has the same events and ids after a restart. */
public final class JournalLog extends WindowLog {

    private static final Logger LOG = System.getLogger(JournalLog.class.getName());

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final Disk disk;
    private final JournalHistory history;
    private final AppendQueue queue;
    private final JournalWriter writer;
    private final CountDownLatch ended = new CountDownLatch(1);

    private JournalLog(
            Disk disk,
            Segments segments,
            JournalBounds bounds,
            SyncMode sync,
            RetentionBounds window,
            JournalClocks clocks)
            throws IOException {
        super(window, clocks.nanoTime());
        this.disk = disk;
        history = new JournalHistory(segments.list(), this::head, clocks);
        queue = new AppendQueue(clocks.nanoTime(), bounds);
        writer = new JournalWriter(this, segments, sync, queue, clocks);
        setEpochs(segments.epochs());
        Deque<LogEntry> newest = WindowLoader.load(segments.list(), segments.head(), window, clocks);
        appendLock.lock();
        try {
            clear(newest.isEmpty() ? segments.head() : newest.getFirst().offset() - 1);
            newest.forEach(this::put);
        } finally {
            appendLock.unlock();
        }
        for (StoredEvent event : segments.loadKeys()) {
            IdempotencyKey key = event.key();
            if (key != null) {
                queue.addKey(key, idOfStored(event.offset()), clocks.nanosAt(event.millis()));
            }
        }
    }

    /**
     * Checks whether {@link #open} could open the journal of a directory. Changes no file. Creates the directory if it is
     * missing, to find out whether that is possible.
     *
     * @throws JournalRefusedException if it could not
     */
    public static void check(Path directory) {
        try (Disk disk = LocalDisk.open(directory)) {
            SegmentLoader.check(disk);
        } catch (IOException | JournalRefusedException refused) {
            throw JournalRefusedException.of(directory, refused);
        }
    }

    /**
     * Opens the log of a directory, which is created if it is missing. No other log can open it until this one is closed.
     *
     * @param bounds of all events
     * @param window bounds of the events in memory
     * @param epoch the name of the next epoch, if the last one cannot continue
     * @param threads creates one thread, which ends when the log is closed
     * @throws JournalRefusedException if it cannot be opened; the message has one line
     */
    public static JournalLog open(
            Path directory,
            JournalBounds bounds,
            SyncMode sync,
            RetentionBounds window,
            JournalClocks clocks,
            String epoch,
            ThreadFactory threads) {
        try {
            JournalLog log = unstarted(LocalDisk.open(directory), bounds, sync, window, clocks, epoch);
            threads.newThread(log.writer).start();
            return log;
        } catch (IOException | JournalRefusedException refused) {
            throw JournalRefusedException.of(directory, refused);
        }
    }

    /** Opens the log of a disk without a thread for its {@link #writer}. Closes the disk if that fails. */
    static JournalLog unstarted(
            Disk disk, JournalBounds bounds, SyncMode sync, RetentionBounds window, JournalClocks clocks, String epoch)
            throws IOException {
        try {
            Segments segments = SegmentLoader.load(disk, bounds, clocks, epoch);
            return new JournalLog(disk, segments, bounds, sync, window, clocks);
        } catch (IOException | RuntimeException | Error refused) {
            disk.close();
            throw refused;
        }
    }

    /** Returns the id that an event got. The offset before the first one of an epoch has two ids: the older is its own. */
    private EventId idOfStored(long offset) {
        List<EpochHistory.Epoch> all = epochs().epochs();
        int at = all.size() - 1;
        while (at > 0 && all.get(at).after() >= offset) {
            at--;
        }
        return new EventId(all.get(at).name(), offset);
    }

    JournalWriter writer() {
        return writer;
    }

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey key) {
        return queue.add(new KeyedEvent(event, key), null);
    }

    /** {@inheritDoc} If an event cannot be stored, those after it are not stored either. */
    @Override
    public List<CompletionStage<EventId>> appendAll(List<KeyedEvent> events) {
        List<CompletionStage<EventId>> stages = new ArrayList<>(events.size());
        CompletionStage<EventId> last = null;
        for (KeyedEvent next : events) {
            last = queue.add(next, last);
            stages.add(last);
            if (last.toCompletableFuture().isCompletedExceptionally()) {
                break;
            }
        }
        return stages;
    }

    @Override
    public @Nullable StreamPosition findStream(String key) {
        return queue.findStream(key);
    }

    /** Asks the segments for an id of a publisher: the window may have only the later ones of several events. */
    @Override
    public OptionalLong find(String id, TopicSelection reader) {
        return EventId.parse(id) == null ? history.find(id, reader) : super.find(id, reader);
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public @Nullable String findOutage() {
        return writer.outage();
    }

    /** Stores the waiting events, and waits until the directory is free for another log. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!ended.await(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "The journal is still being closed");
            }
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the writer ----

    /** Makes stored events visible. */
    void show(List<LogEntry> entries) {
        appendLock.lock();
        try {
            entries.forEach(this::put);
        } finally {
            appendLock.unlock();
        }
        notifyListeners();
    }

    /**
     * Closes the disk after the last turn of the writer.
     *
     * @param whole whether all events are durable
     */
    void end(boolean whole) {
        try (disk) {
            if (whole) {
                CleanStopMarker.write(disk, idOf(head()));
            }
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "The journal was not closed cleanly: {0}", failed.getMessage());
        } finally {
            ended.countDown();
        }
    }
}
