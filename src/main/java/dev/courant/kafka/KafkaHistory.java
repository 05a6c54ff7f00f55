package dev.courant.kafka;

import dev.courant.event.TopicSelection;
import dev.courant.kafka.RecordReader.UnreadableBatchException;
import dev.courant.log.EntryIterator;
import dev.courant.log.History;
import dev.courant.log.LogEntry;
import dev.courant.log.LogException;
import dev.courant.log.LogRange;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.ReplayLimit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.jspecify.annotations.Nullable;

/**
 * The events that the brokers retain beyond the window. Thread-safe; one thread at a time reads from Kafka, with one
 * consumer. After an outage, clients with different selections and cursors need the same events, so the chunks that were
 * used last are kept.
 */
final class KafkaHistory implements History {

    private static final Logger LOG = System.getLogger(KafkaHistory.class.getName());

    private static final long READ_TIMEOUT_NANOS = Duration.ofSeconds(5).toNanos();

    /** The maximum time a new stream waits for the search for the start of its replay. */
    private static final long SEARCH_TIMEOUT_NANOS = Duration.ofSeconds(2).toNanos();

    /** The number of records by which the search for the start of a replay steps back. */
    private static final int SEARCH_RECORDS = 1024;

    /** The maximum number of chunks in memory, of about 1 MiB each. */
    private static final int MAX_CHUNKS = 16;

    private final KafkaLog log;
    private final TopicWatcher watcher;
    private final RecordReader records;
    private final EntryFactory factory;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private final Deque<RecordChunk> chunks = new ArrayDeque<>(); // the one used last first; guarded by reading
    private @Nullable TopicIncarnation incarnation; // of the chunks; guarded by reading
    private volatile long unreadableUpTo; // the history up to this log offset is given up
    private volatile boolean closed;

    KafkaHistory(
            KafkaLog log, TopicWatcher watcher, KafkaClients clients, EntryFactory factory, LongSupplier nanoTime) {
        this.log = log;
        this.watcher = watcher;
        this.factory = factory;
        this.nanoTime = nanoTime;
        records = new RecordReader(clients, "history");
    }

    @Override
    public long floor() {
        TopicIncarnation current = log.requireLoaded();
        TopicSnapshot snapshot = watcher.lastSnapshot();
        return snapshot == null || !snapshot.id().equals(current.id())
                ? Long.MAX_VALUE
                : Math.max(Math.max(current.after(), current.base() + snapshot.earliest()), unreadableUpTo);
    }

    /**
     * Does not find an event: Kafka has no index of the ids that publishers chose, so only those in the window are
     * known.
     */
    @Override
    public OptionalLong find(String publishedId, TopicSelection reader) {
        return OptionalLong.empty();
    }

    @Override
    public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
        TopicIncarnation current = log.requireLoaded();
        long from = Math.max(after, floor());
        RecordChunk chunk = readChunk(current, current.findKafkaOffsetAfter(from), Long.MAX_VALUE);
        if (chunk == null) {
            return new LogRange(List.of(), Math.min(upTo, Math.max(after, floor())));
        }
        Iterator<LogEntry> range = chunk.entries().stream()
                .filter(entry -> entry.offset() > after && entry.offset() <= upTo)
                .iterator();
        EntryIterator iterator = () -> range.hasNext() ? range.next() : null;
        List<LogEntry> found = iterator.readSelected(selection, bytes);
        long covered = range.hasNext() ? found.get(found.size() - 1).offset() : current.toLogOffset(chunk.end() - 1);
        return new LogRange(found, Math.min(upTo, Math.max(covered, after)));
    }

    /**
     * Searches backwards from the newest event. The search ends after 2 seconds, or at an event that was deleted. Older
     * events are then not replayed, and the client receives a gap event.
     */
    @Override
    public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
        ReplayLimit.Counter counter = new ReplayLimit.Counter(limit);
        long floor = log.floor(selection, after);
        List<LogEntry> window = log.read(selection, floor, log.head(), Integer.MAX_VALUE);
        for (int i = window.size() - 1; i >= 0; i--) {
            if (counter.isExceededBy(window.get(i))) {
                return window.get(i).offset();
            }
        }
        TopicIncarnation current = log.requireLoaded();
        long deadline = nanoTime.getAsLong() + SEARCH_TIMEOUT_NANOS;
        long first = current.findKafkaOffsetAfter(Math.max(after, floor()));
        for (long end = current.findKafkaOffsetAfter(floor); end > first; ) {
            long start = Math.max(first, end - SEARCH_RECORDS);
            Deque<long[]> newestFirst = new ArrayDeque<>(); // the offset, size and time of each selected event
            for (long at = start; at < end; ) {
                RecordChunk chunk = nanoTime.getAsLong() > deadline ? null : readChunk(current, at, end);
                if (chunk == null) {
                    return current.toLogOffset(end - 1);
                }
                for (LogEntry entry : chunk.entries()) {
                    if (entry.offset() >= current.toLogOffset(at)
                            && entry.offset() < current.toLogOffset(end)
                            && entry.isSelectedBy(selection)) {
                        newestFirst.addFirst(new long[] {entry.offset(), entry.frame().length, entry.millis()});
                    }
                }
                at = chunk.end();
            }
            for (long[] event : newestFirst) {
                if (counter.isExceededBy((int) event[1], event[2])) {
                    return event[0];
                }
            }
            end = start;
        }
        return after;
    }

    /**
     * Returns a chunk with the record at a Kafka offset. Fetches it from the broker if it is not in memory.
     *
     * @param end the end of the records to fetch
     * @return {@code null} if the record was deleted or cannot be read
     */
    private @Nullable RecordChunk readChunk(TopicIncarnation current, long at, long end) {
        try {
            if (!reading.tryLock(READ_TIMEOUT_NANOS, TimeUnit.NANOSECONDS)) {
                throw new LogUnavailableException("Kafka does not respond.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("The server is stopping.", stopping);
        }
        try {
            if (closed) {
                throw new LogUnavailableException("The server is stopping.");
            }
            if (!current.equals(incarnation)) {
                chunks.clear();
                incarnation = current;
            }
            return findChunk(current, at, Math.min(end, current.findKafkaOffsetAfter(log.head())));
        } catch (UnreadableBatchException unreadable) {
            giveUp(unreadable);
            return null;
        } catch (LogException unavailable) {
            throw unavailable;
        } catch (RuntimeException | LinkageError failure) {
            records.closeConsumer();
            throw new LogUnavailableException(
                    closed ? "The server is stopping." : KafkaFailureReasons.describe(failure), failure);
        } finally {
            reading.unlock();
        }
    }

    private @Nullable RecordChunk findChunk(TopicIncarnation current, long at, long end) {
        long floor = floor();
        if (floor == Long.MAX_VALUE) {
            throw new LogUnavailableException("Kafka no longer retains the requested events.");
        }
        long earliest = current.findKafkaOffsetAfter(floor);
        if (at < earliest || at >= end) {
            return null;
        }
        RecordChunk found =
                chunks.stream().filter(chunk -> chunk.contains(at)).findFirst().orElse(null);
        if (found != null) {
            chunks.remove(found);
        } else {
            try {
                found = RecordChunk.fetch(records, factory, current, at, end, earliest, nanoTime);
            } catch (OffsetOutOfRangeException gone) {
                records.closeConsumer();
                if (watcher.fetchSnapshot().earliest() <= earliest) {
                    throw gone;
                }
                return null;
            }
        }
        chunks.addFirst(found);
        if (chunks.size() > MAX_CHUNKS) {
            chunks.removeLast();
        }
        return found;
    }

    /** Gives up the events up to the head: where the batch ends is unknown. Clients receive a gap event for them. */
    private void giveUp(UnreadableBatchException unreadable) {
        records.closeConsumer();
        unreadableUpTo = log.head();
        LOG.log(
                Level.WARNING,
                "Clients receive a gap event for all events up to {0} that are not in memory: {1}",
                Long.toString(unreadableUpTo),
                unreadable.getMessage());
    }

    void close() {
        closed = true;
        records.stop();
        reading.lock();
        try {
            records.closeConsumer();
        } finally {
            reading.unlock();
        }
    }
}
