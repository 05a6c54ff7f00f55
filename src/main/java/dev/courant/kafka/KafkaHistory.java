package dev.courant.kafka;

import dev.courant.event.TopicSelection;
import dev.courant.log.History;
import dev.courant.log.LogEntry;
import dev.courant.log.LogException;
import dev.courant.log.LogRange;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.ReplayLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.jspecify.annotations.Nullable;

/** The events that the brokers retain beyond the window. Thread-safe; one thread at a time reads from Kafka. */
final class KafkaHistory implements History {

    private static final long UNKNOWN = -1;

    private static final long READ_TIMEOUT_NANOS = Duration.ofSeconds(5).toNanos();

    /** The maximum time a new stream waits for the search for the start of its replay. */
    private static final long SEARCH_TIMEOUT_NANOS = Duration.ofSeconds(2).toNanos();

    private final KafkaLog log;
    private final TopicWatcher watcher;
    private final RecordBlockReader reader;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private final RecordBlockCache blocks = new RecordBlockCache(); // guarded by reading
    private @Nullable TopicIncarnation incarnation; // of the cached blocks; guarded by reading
    private volatile boolean closed;

    KafkaHistory(KafkaLog log, TopicWatcher watcher, RecordBlockReader reader, LongSupplier nanoTime) {
        this.log = log;
        this.watcher = watcher;
        this.reader = reader;
        this.nanoTime = nanoTime;
    }

    @Override
    public long floor() {
        TopicIncarnation current = log.requireLoaded();
        long earliest = findEarliest(current);
        return earliest == UNKNOWN ? Long.MAX_VALUE : Math.max(current.after(), current.base() + earliest);
    }

    private long findEarliest(TopicIncarnation current) {
        TopicSnapshot snapshot = watcher.lastSnapshot();
        return snapshot == null || !snapshot.id().equals(current.id()) ? UNKNOWN : snapshot.earliest();
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
        List<LogEntry> found = new ArrayList<>();
        int read = 0;
        RecordBlock block = readBlock(current, current.findKafkaOffsetAfter(after));
        for (LogEntry entry : block.entries()) {
            if (entry.offset() > upTo || read >= bytes) {
                break;
            }
            if (entry.offset() > after && entry.isSelectedBy(selection)) {
                found.add(entry);
                read += entry.frame().length;
            }
        }
        long covered = read >= bytes ? found.get(found.size() - 1).offset() : current.toLogOffset(block.end() - 1);
        return new LogRange(found, Math.min(upTo, Math.max(covered, after)));
    }

    /**
     * Searches backwards from the oldest event in the window: the limit permits the newest events, so the search counts
     * from there. It ends after 2 seconds. Older events are then not replayed, and the client receives a gap event.
     */
    @Override
    public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
        long floor = log.floor(selection, after);
        long inWindow = log.findReplayStart(selection, floor, limit);
        if (inWindow > floor) {
            return inWindow;
        }
        int events = 0;
        long bytes = 0;
        for (LogEntry entry : log.read(selection, floor, log.head(), Integer.MAX_VALUE)) {
            events++;
            bytes += entry.frame().length;
        }
        TopicIncarnation current = log.requireLoaded();
        long deadline = nanoTime.getAsLong() + SEARCH_TIMEOUT_NANOS;
        long end = current.findKafkaOffsetAfter(floor);
        long first = current.findKafkaOffsetAfter(after);
        while (end > first) {
            if (nanoTime.getAsLong() > deadline) {
                return current.toLogOffset(end - 1);
            }
            List<LogEntry> chunk =
                    readRange(current, Math.max(first, (end - 1) - (end - 1) % RecordBlockCache.BLOCK_RECORDS), end);
            for (int i = chunk.size() - 1; i >= 0; i--) {
                LogEntry entry = chunk.get(i);
                if (entry.offset() > after && entry.offset() <= floor && entry.isSelectedBy(selection)) {
                    bytes += entry.frame().length;
                    if (events == limit.maxEvents() || (bytes > limit.maxBytes() && events > 0)) {
                        return entry.offset();
                    }
                    events++;
                }
            }
            end = Math.max(first, (end - 1) - (end - 1) % RecordBlockCache.BLOCK_RECORDS);
        }
        return after;
    }

    /** Reads all entries from one Kafka offset (inclusive) to another (exclusive). */
    private List<LogEntry> readRange(TopicIncarnation current, long from, long end) {
        List<LogEntry> all = new ArrayList<>();
        long at = from;
        while (at < end) {
            RecordBlock block = readBlock(current, at);
            for (LogEntry entry : block.entries()) {
                if (entry.offset() >= current.toLogOffset(at) && entry.offset() < current.toLogOffset(end)) {
                    all.add(entry);
                }
            }
            at = block.end();
        }
        return all;
    }

    private RecordBlock readBlock(TopicIncarnation current, long kafkaOffset) {
        if (closed) {
            throw new LogUnavailableException("The server is stopping.");
        }
        try {
            if (!reading.tryLock(READ_TIMEOUT_NANOS, TimeUnit.NANOSECONDS)) {
                throw new LogUnavailableException("Kafka does not respond.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("The server is stopping.", stopping);
        }
        try {
            if (!current.equals(incarnation)) {
                blocks.clear();
                incarnation = current;
            }
            return findBlock(current, kafkaOffset);
        } catch (LogException unavailable) {
            throw unavailable;
        } catch (RuntimeException | LinkageError failure) {
            reader.closeConsumer();
            throw new LogUnavailableException(KafkaFailureReasons.describe(failure), failure);
        } finally {
            reading.unlock();
        }
    }

    /** Returns the block that contains a record, or the first retained block if Kafka has deleted the record. */
    private RecordBlock findBlock(TopicIncarnation current, long kafkaOffset) {
        long end = current.findKafkaOffsetAfter(log.head());
        while (true) {
            long earliest = findEarliest(current);
            long wanted = Math.max(kafkaOffset, earliest);
            if (earliest == UNKNOWN || wanted >= end) {
                throw new LogUnavailableException("Kafka no longer retains the requested events.");
            }
            RecordBlock found = blocks.find(wanted);
            if (found != null) {
                return found;
            }
            long start = Math.max(blocks.findStart(wanted), earliest);
            try {
                blocks.add(reader.read(current, start, Math.min(end, RecordBlockCache.maxEnd(start)), earliest));
            } catch (OffsetOutOfRangeException gone) {
                reader.closeConsumer();
                if (watcher.fetchSnapshot().earliest() <= earliest) {
                    throw gone;
                }
            }
        }
    }

    void close() {
        closed = true;
        reader.stop();
        try {
            if (reading.tryLock(READ_TIMEOUT_NANOS, TimeUnit.NANOSECONDS)) {
                try {
                    reader.closeConsumer();
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }
}
