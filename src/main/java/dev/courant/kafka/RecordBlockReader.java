package dev.courant.kafka;

import dev.courant.kafka.EventRecord.Keyed;
import dev.courant.log.LogEntry;
import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Reads blocks from the broker. One thread at a time. */
final class RecordBlockReader {

    private static final long MOST_BYTES = 1 << 20;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(4).toNanos();

    /** So many records before a block are read with it, for what they say about repeats. */
    private static final int BEFORE = 64;

    /** No node knew less of the log than this when it published. */
    private static final int MOST_BEFORE = 100_000;

    private final RecordReader records;
    private final EntryFactory entries;
    private final LongSupplier nanoTime;

    RecordBlockReader(ConsumerFactory consumers, EntryFactory entries, LongSupplier nanoTime) {
        records = new RecordReader(consumers, "history");
        this.entries = entries;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads from an offset of Kafka's to another at the most, but one record at the least.
     *
     * @param floor below which nothing is left
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if it is gone
     */
    RecordBlock read(TopicIncarnation life, long from, long end, long floor) {
        try {
            Reading reading = new Reading(life, from, Math.max(floor, from - BEFORE));
            RecordBlock block = read(reading, end);
            if (reading.needed < reading.start && reading.start > floor) {
                long start = Math.max(floor, Math.max(reading.needed, from - MOST_BEFORE));
                block = read(new Reading(life, from, start), end);
            }
            return block;
        } catch (WakeupException stopping) {
            throw new LogUnavailableException("The server is stopping.", stopping);
        }
    }

    private RecordBlock read(Reading reading, long end) {
        records.seek(reading.start);
        long deadline = nanoTime.getAsLong() + PATIENCE_NANOS;
        long position = reading.start;
        while (position < end && !reading.full()) {
            if (nanoTime.getAsLong() > deadline) {
                throw new LogUnavailableException("Kafka does not answer.");
            }
            for (ConsumerRecord<byte[], byte[]> next : records.poll(POLL)) {
                if (next.offset() < end && !reading.full()) {
                    reading.take(next);
                    position = next.offset() + 1;
                }
            }
            position = reading.full() ? position : Math.min(end, records.position());
        }
        return new RecordBlock(reading.from, position, reading.found, reading.bytes);
    }

    /** What failed may not be of use any more. */
    void letGo() {
        records.letGo();
    }

    /** Whoever reads is told to stop, now or when it begins. Any thread. */
    void stop() {
        records.stop();
    }

    private final class Reading {

        private final TopicIncarnation life;
        private final long from;
        private final long start;
        private final DuplicateRecords repeats = new DuplicateRecords();
        private final List<LogEntry> found = new ArrayList<>();
        private long bytes;
        private long needed = Long.MAX_VALUE; // from here on one would have to read, to be sure of repeats

        Reading(TopicIncarnation life, long from, long start) {
            this.life = life;
            this.from = from;
            this.start = start;
        }

        boolean full() {
            return bytes >= MOST_BYTES;
        }

        void take(ConsumerRecord<byte[], byte[]> next) {
            LogEntry entry = entries.of(next, life, (keyed, id, storedAt) -> isRepeat(keyed, storedAt));
            if (entry != null && next.offset() >= from) {
                found.add(entry);
                bytes += entry.frame().length;
            }
        }

        private boolean isRepeat(Keyed keyed, long storedAt) {
            if (keyed.offset() >= from) {
                needed = Math.min(needed, keyed.seen() + 1);
            }
            return repeats.isRepeat(keyed, storedAt);
        }
    }
}
