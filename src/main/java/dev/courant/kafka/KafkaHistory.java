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
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.jspecify.annotations.Nullable;

/** What the brokers keep of the topic beyond the window. */
final class KafkaHistory implements History {

    private static final long NOWHERE = -1;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    /** Longer than this nobody is kept waiting for how much there is to be sent again. */
    private static final long SEARCH_NANOS = Duration.ofSeconds(2).toNanos();

    private final KafkaLog log;
    private final TopicWatcher watch;
    private final RecordBlockReader reader;
    private final ReentrantLock reading = new ReentrantLock();
    private final RecordBlockCache blocks = new RecordBlockCache(); // guarded by reading
    private @Nullable TopicIncarnation life; // of the blocks; guarded by reading
    private volatile boolean closed;

    KafkaHistory(KafkaLog log, TopicWatcher watch, RecordBlockReader reader) {
        this.log = log;
        this.watch = watch;
        this.reader = reader;
    }

    @Override
    public long floor() {
        TopicIncarnation current = log.current();
        long earliest = earliest(current);
        return earliest == NOWHERE ? Long.MAX_VALUE : Math.max(current.after(), current.base() + earliest);
    }

    private long earliest(TopicIncarnation current) {
        TopicSnapshot sight = watch.last();
        return sight == null || !sight.id().equals(current.id()) ? NOWHERE : sight.earliest();
    }

    /** Kafka has no index of them: those in the window are all that are known. */
    @Override
    public OptionalLong find(String publishedId, TopicSelection reader) {
        return OptionalLong.empty();
    }

    @Override
    public LogRange read(TopicSelection selection, long after, long upTo, int bytes) {
        TopicIncarnation current = log.current();
        List<LogEntry> found = new ArrayList<>();
        int read = 0;
        RecordBlock block = block(current, current.kafkaOffsetAfter(after));
        for (LogEntry entry : block.entries()) {
            if (entry.offset() > upTo || read >= bytes) {
                break;
            }
            if (entry.offset() > after && entry.isSelectedBy(selection)) {
                found.add(entry);
                read += entry.frame().length;
            }
        }
        long covered = read >= bytes ? found.get(found.size() - 1).offset() : current.inside(block.end() - 1);
        return new LogRange(found, Math.min(upTo, Math.max(covered, after)));
    }

    /**
     * Backwards from what the window holds, since it is the newest that is wanted. After a while it is given up: what is
     * older is not sent again, and the client is told a gap.
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
        TopicIncarnation current = log.current();
        long deadline = log.clock() + SEARCH_NANOS;
        long end = current.kafkaOffsetAfter(floor);
        long first = current.kafkaOffsetAfter(after);
        while (end > first) {
            if (log.clock() > deadline) {
                return current.inside(end - 1);
            }
            List<LogEntry> chunk =
                    chunk(current, Math.max(first, (end - 1) - (end - 1) % RecordBlockCache.RECORDS), end);
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
            end = Math.max(first, (end - 1) - (end - 1) % RecordBlockCache.RECORDS);
        }
        return after;
    }

    /** All from one offset of Kafka's to another. */
    private List<LogEntry> chunk(TopicIncarnation current, long from, long end) {
        List<LogEntry> all = new ArrayList<>();
        long at = from;
        while (at < end) {
            RecordBlock block = block(current, at);
            for (LogEntry entry : block.entries()) {
                if (entry.offset() >= current.inside(at) && entry.offset() < current.inside(end)) {
                    all.add(entry);
                }
            }
            at = block.end();
        }
        return all;
    }

    private RecordBlock block(TopicIncarnation current, long kafkaOffset) {
        if (closed) {
            throw new LogUnavailableException("The server is stopping.");
        }
        try {
            if (!reading.tryLock(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
                throw new LogUnavailableException("Kafka does not answer.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("The server is stopping.", stopping);
        }
        try {
            if (!current.equals(life)) {
                blocks.clear();
                life = current;
            }
            return find(current, kafkaOffset);
        } catch (LogException unavailable) {
            throw unavailable;
        } catch (RuntimeException | LinkageError failed) {
            reader.letGo();
            throw new LogUnavailableException(KafkaFailureReasons.of(failed), failed);
        } finally {
            reading.unlock();
        }
    }

    /** The block that a record is in, or the first that is still there. */
    private RecordBlock find(TopicIncarnation current, long kafkaOffset) {
        long end = current.kafkaOffsetAfter(log.head());
        while (true) {
            long earliest = earliest(current);
            long wanted = Math.max(kafkaOffset, earliest);
            if (earliest == NOWHERE || wanted >= end) {
                throw new LogUnavailableException("What is asked for is not in Kafka any more.");
            }
            RecordBlock found = blocks.of(wanted);
            if (found != null) {
                return found;
            }
            long start = Math.max(blocks.start(wanted), earliest);
            try {
                blocks.add(reader.read(current, start, Math.min(end, RecordBlockCache.after(start)), earliest));
            } catch (OffsetOutOfRangeException gone) {
                reader.letGo();
                if (watch.now().earliest() <= earliest) {
                    throw gone;
                }
            }
        }
    }

    void close() {
        closed = true;
        reader.stop();
        try {
            if (reading.tryLock(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
                try {
                    reader.letGo();
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }
}
