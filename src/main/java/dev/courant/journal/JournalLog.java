package dev.courant.journal;

import courant.shaded.h2.mvstore.MVStoreException;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import dev.courant.log.EpochHistory;
import dev.courant.log.History;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A log in a directory, which is there again when it is opened again. */
public final class JournalLog extends WindowLog {

    private static final Logger LOG = System.getLogger(JournalLog.class.getName());

    private static final int MOST_EPOCHS = 1000;
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);

    private final CleanStopMarker stop;
    private final Disk disk;
    private final JournalFile file;
    private final JournalHistory history;
    private final AppendQueue waiting;
    private final JournalWriter writer;

    private JournalLog(
            CleanStopMarker stop,
            Disk disk,
            JournalBounds bounds,
            SyncMode sync,
            RetentionBounds window,
            JournalClocks clocks,
            String epoch)
            throws IOException {
        super(window, clocks.nanoTime());
        this.stop = stop;
        this.disk = disk;
        file = new JournalFile(disk, stop.isThere());
        history = new JournalHistory(file, this::head, clocks);
        waiting = new AppendQueue(clocks.nanoTime(), bounds);
        writer = new JournalWriter(file, sync, waiting, new RetentionTask(file, bounds, clocks), clocks, new View());
        begin(epoch);
        load(new WindowLoader(file.maps(), window, clocks));
    }

    /**
     * Opens the log of a directory, which is made if it is not there. Nobody else can open it until it is closed.
     *
     * @param bounds how much is kept
     * @param window how much of it in memory
     * @param epoch a name for this life of the log, if it cannot go on with the last
     * @param threads gives one thread, which ends when the log is closed
     * @throws JournalRefusedException saying in one line why it cannot be opened
     */
    public static JournalLog open(
            Path directory,
            JournalBounds bounds,
            SyncMode sync,
            RetentionBounds window,
            JournalClocks clocks,
            String epoch,
            ThreadFactory threads) {
        JournalDirectory place = new JournalDirectory(directory);
        try {
            return open(place.open(), place.stop(), bounds, sync, window, clocks, epoch, threads);
        } catch (IOException | JournalRefusedException | MVStoreException refused) {
            throw place.refused(refused);
        }
    }

    /** The same, of a disk, which is closed if it cannot be. */
    static JournalLog open(
            Disk disk,
            CleanStopMarker stop,
            JournalBounds bounds,
            SyncMode sync,
            RetentionBounds window,
            JournalClocks clocks,
            String epoch,
            ThreadFactory threads)
            throws IOException {
        try {
            JournalLog log = new JournalLog(stop, disk, bounds, sync, window, clocks, epoch);
            threads.newThread(log.writer).start();
            return log;
        } catch (IOException | RuntimeException | Error refused) {
            disk.close();
            throw refused;
        }
    }

    /** Whatever comes after this is of an epoch that the disk knows. */
    private void begin(String epoch) throws IOException {
        Tables maps = file.maps();
        EpochHistory before = maps.epochs();
        if (stop.end() > maps.head()) {
            throw CleanStopMarker.contradicted();
        }
        boolean complete = before != null && stop.take(before.idOf(maps.head()).toString());
        String missing = file.missing();
        if ((before != null && !complete) || missing != null) {
            file.wipeLost();
            LOG.log(
                    missing == null ? Level.INFO : Level.WARNING,
                    "The journal {0}; it ends with event {1,number,#}{2}",
                    complete ? "was closed" : "was not closed",
                    maps.head(),
                    missing == null ? "" : "; " + missing);
        }
        EpochHistory now = before == null ? EpochHistory.of(epoch) : before;
        setEpochs(before == null || complete ? now : newest(now).append(epoch, maps.head(), 0));
        maps.setEpochs(epochs());
        file.commit();
        file.sync();
    }

    /** Those of which nothing is left are kept too: their clients may have missed nothing of their topics. */
    private static EpochHistory newest(EpochHistory epochs) {
        int count = epochs.epochs().size();
        return new EpochHistory(epochs.epochs().subList(Math.max(0, count - MOST_EPOCHS), count));
    }

    private void load(WindowLoader loading) {
        appendLock.lock();
        try {
            loading.load(
                    this::clear,
                    history::giveUp,
                    this::put,
                    key -> waiting.remember(key.once(), idOfStored(key.offset()), key.at()));
        } finally {
            appendLock.unlock();
        }
    }

    /** The offset before the first of an epoch has two names, of which its event was given the older. */
    private EventId idOfStored(long offset) {
        List<EpochHistory.Epoch> all = epochs().epochs();
        int at = all.size() - 1;
        while (at > 0 && all.get(at).after() >= offset) {
            at--;
        }
        return new EventId(all.get(at).name(), offset);
    }

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey once) {
        return waiting.add(event, once);
    }

    /** Of an id that several events have, the window may hold the later ones only, so the file is asked. */
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
        return writer.trouble();
    }

    /** Stores what was published, and gives the directory free. */
    @Override
    public void close() {
        waiting.close();
        try {
            if (!writer.ended().await(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "The journal is still being closed");
            }
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the writer sees of this log. */
    private final class View implements JournalWriter.Shown {

        @Override
        public long head() {
            return JournalLog.this.head();
        }

        @Override
        public EventId idOf(long offset) {
            return JournalLog.this.idOf(offset);
        }

        @Override
        public void show(List<LogEntry> entries) {
            appendLock.lock();
            try {
                entries.forEach(JournalLog.this::put);
            } finally {
                appendLock.unlock();
            }
            notifyListeners();
        }

        @Override
        public void raise(long floor) {
            history.raise(floor);
        }

        @Override
        public void lost() {
            history.giveUp(JournalLog.this.head());
        }

        @Override
        public void ended(boolean whole) {
            try (disk) {
                file.close();
                if (whole) {
                    stop.put(idOf(head()).toString());
                }
            } catch (IOException | RuntimeException failed) {
                LOG.log(Level.WARNING, "The journal was not closed as it should be: {0}", failed.getMessage());
                LOG.log(Level.DEBUG, "What failed", failed);
            }
        }
    }
}
