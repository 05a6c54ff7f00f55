package dev.courant.kafka;

import dev.courant.kafka.EventRecord.KeyedRecord;
import dev.courant.log.LogEntry;
import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** A reader of blocks from the broker. Not thread-safe, except {@link #stop}. */
final class RecordBlockReader {

    private static final long MAX_BYTES = 1 << 20;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long READ_TIMEOUT_NANOS = Duration.ofSeconds(4).toNanos();

    /** The number of records to read before a block at first. They are needed to recognize duplicates in the block. */
    private static final int LOOKBACK_RECORDS = 64;

    /**
     * The maximum number of records to read before a block, if a record in it was published by a node that was far
     * behind. A duplicate of an earlier record is not recognized.
     */
    private static final int MAX_LOOKBACK_RECORDS = 100_000;

    private final RecordReader records;
    private final EntryFactory entries;
    private final LongSupplier nanoTime;

    RecordBlockReader(ConsumerFactory consumers, EntryFactory entries, LongSupplier nanoTime) {
        records = new RecordReader(consumers, "history");
        this.entries = entries;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads at least one record, and at most the records between two Kafka offsets.
     *
     * @param floor the Kafka offset of the first retained record
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if Kafka has deleted the first of them
     */
    RecordBlock read(TopicIncarnation incarnation, long from, long end, long floor) {
        try {
            BlockBuilder builder = new BlockBuilder(incarnation, from, Math.max(floor, from - LOOKBACK_RECORDS));
            RecordBlock block = read(builder, end);
            if (builder.lookbackStart < builder.start && builder.start > floor) {
                long start = Math.max(floor, Math.max(builder.lookbackStart, from - MAX_LOOKBACK_RECORDS));
                block = read(new BlockBuilder(incarnation, from, start), end);
            }
            return block;
        } catch (WakeupException stopping) {
            throw new LogUnavailableException("The server is stopping.", stopping);
        }
    }

    private RecordBlock read(BlockBuilder builder, long end) {
        records.seek(builder.start);
        long deadline = nanoTime.getAsLong() + READ_TIMEOUT_NANOS;
        long position = builder.start;
        while (position < end && !builder.isFull()) {
            if (nanoTime.getAsLong() > deadline) {
                throw new LogUnavailableException("Kafka does not respond.");
            }
            for (ConsumerRecord<byte[], byte[]> record : records.poll(POLL)) {
                if (record.offset() < end && !builder.isFull()) {
                    builder.add(record);
                    position = record.offset() + 1;
                }
            }
            position = builder.isFull() ? position : Math.min(end, records.position());
        }
        return new RecordBlock(builder.from, position, builder.added, builder.bytes);
    }

    /** Closes the consumer, which may be unusable after a failure. The next read opens a new one. */
    void closeConsumer() {
        records.closeConsumer();
    }

    /** Makes the current or the next read fail. Thread-safe. */
    void stop() {
        records.stop();
    }

    private final class BlockBuilder {

        private final TopicIncarnation incarnation;
        private final long from;
        private final long start;
        private final DuplicateRecords duplicates = new DuplicateRecords();
        private final List<LogEntry> added = new ArrayList<>();
        private long bytes;
        private long lookbackStart = Long.MAX_VALUE; // where a read must start to recognize all duplicates

        BlockBuilder(TopicIncarnation incarnation, long from, long start) {
            this.incarnation = incarnation;
            this.from = from;
            this.start = start;
        }

        boolean isFull() {
            return bytes >= MAX_BYTES;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            LogEntry entry = entries.create(record, incarnation, (keyed, id, storedAt) -> isDuplicate(keyed, storedAt));
            if (entry != null && record.offset() >= from) {
                added.add(entry);
                bytes += entry.frame().length;
            }
        }

        private boolean isDuplicate(KeyedRecord keyed, long storedAt) {
            if (keyed.offset() >= from) {
                lookbackStart = Math.min(lookbackStart, keyed.knownUpTo() + 1);
            }
            return duplicates.isDuplicate(keyed, storedAt);
        }
    }
}
