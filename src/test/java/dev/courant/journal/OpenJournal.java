package dev.courant.journal;

import dev.courant.event.Event;
import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import dev.courant.log.LogRange;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An open journal with a window of a few events, and the events that its clients receive. */
record OpenJournal(JournalLog log) implements AutoCloseable {

    static final JournalBounds ROOMY = new JournalBounds(1_000_000, 1L << 30, Duration.ofDays(7));
    static final int IN_MEMORY = 10;

    private static final AtomicInteger EPOCHS = new AtomicInteger();
    private static final long PATIENCE_SECONDS = TestDeadline.SECONDS;

    static OpenJournal in(Path directory) {
        return in(directory, ROOMY, JournalClocks.system());
    }

    static OpenJournal in(Path directory, JournalBounds bounds, JournalClocks clocks) {
        return new OpenJournal(
                JournalLog.open(directory, bounds, SyncMode.INTERVAL, window(), clocks, epoch(), OpenJournal::thread));
    }

    static OpenJournal on(Disk disk, JournalBounds bounds, JournalClocks clocks) {
        return on(disk, bounds, SyncMode.INTERVAL, clocks);
    }

    static OpenJournal on(Disk disk, SyncMode sync) {
        return on(disk, ROOMY, sync, JournalClocks.system());
    }

    static OpenJournal on(Disk disk, JournalBounds bounds, SyncMode sync, JournalClocks clocks) {
        try {
            JournalLog log = JournalLog.unstarted(disk, bounds, sync, window(), clocks, epoch());
            thread(log.writer()).start();
            return new OpenJournal(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a log without a thread for its writer. */
    static JournalLog unstarted(Disk disk, SyncMode sync) throws IOException {
        return JournalLog.unstarted(disk, ROOMY, sync, window(), JournalClocks.system(), epoch());
    }

    private static String epoch() {
        return "e" + EPOCHS.incrementAndGet();
    }

    private static RetentionBounds window() {
        return RetentionBounds.of(new WindowBounds(IN_MEMORY, 1 << 20, Duration.ofHours(1)));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "journal");
        thread.setDaemon(true);
        return thread;
    }

    EventId append(String topic, String data) {
        return append(Event.message(new Topic(topic), data));
    }

    EventId append(Event event) {
        return log.append(event)
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    static TopicSelection topics(String... names) {
        return TopicSelection.of(
                Set.copyOf(List.of(names).stream().map(Topic::new).toList()));
    }

    /** Returns the events that a client receives after an id; fails if it would receive a gap event. */
    List<String> after(EventId id, TopicSelection selection) {
        long offset = log.find(id.toString(), TestReaders.EVERYTHING)
                .orElseThrow(() -> new AssertionError(id + " is not known"));
        if (!log.canReplayFrom(selection, offset)) {
            throw new AssertionError("not all is held after " + id);
        }
        return after(offset, selection);
    }

    /** Returns all retained events after an offset. */
    List<String> after(long offset, TopicSelection selection) {
        List<String> data = new ArrayList<>();
        entries(offset, selection)
                .forEach(entry -> data.add(EventFrame.read(entry.frame()).data()));
        return data;
    }

    List<LogEntry> entries(long after, TopicSelection selection) {
        return entries(log, after, selection);
    }

    static List<LogEntry> entries(EventLog log, long after, TopicSelection selection) {
        List<LogEntry> entries = new ArrayList<>();
        long at = after;
        while (at < log.head()) {
            LogRange stretch = log.history().read(selection, at, log.head(), 1000);
            if (stretch.upTo() <= at) {
                throw new AssertionError("no progress at " + at);
            }
            entries.addAll(stretch.entries());
            at = stretch.upTo();
        }
        return entries;
    }

    @Override
    public void close() {
        log.close();
    }
}
