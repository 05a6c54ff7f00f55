package dev.courant.kafka;

import dev.courant.kafka.EventRecord.KeyedRecord;
import dev.courant.log.LogEntry;
import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Consecutive records that were fetched from the broker, as entries of the log. Not thread-safe. */
final class RecordChunk {

    private static final long MAX_BYTES = 1 << 20;
    private static final long RECORD_OVERHEAD_BYTES = 200; // approximate size of an entry without its frame
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(4).toNanos();

    /** The number of records to read before a chunk at first. They are needed to recognize duplicates in the chunk. */
    private static final int LOOKBACK_RECORDS = 64;

    /**
     * The maximum number of records to read before a chunk, if a record in it was published by a node that was far
     * behind. A duplicate of an earlier record is not recognized.
     */
    private static final int MAX_LOOKBACK_RECORDS = 100_000;

    private final TopicIncarnation incarnation;
    private final EntryFactory factory;
    private final long start; // the Kafka offset of the first record
    private final DuplicateRecords duplicates = new DuplicateRecords();
    private final List<LogEntry> entries = new ArrayList<>();
    private long end; // the Kafka offset after the last record
    private long bytes;
    private long lookbackStart = Long.MAX_VALUE; // where a read must start to recognize all duplicates

    private RecordChunk(TopicIncarnation incarnation, EntryFactory factory, long start) {
        this.incarnation = incarnation;
        this.factory = factory;
        this.start = start;
        end = start;
    }

    /**
     * Fetches about 1 MiB of the records between two Kafka offsets, at least one record.
     *
     * @param floor the Kafka offset of the first retained record
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if Kafka has deleted the first of them
     */
    static RecordChunk fetch(
            RecordReader records,
            EntryFactory factory,
            TopicIncarnation incarnation,
            long start,
            long end,
            long floor,
            LongSupplier nanoTime) {
        long from = Math.max(floor, start - LOOKBACK_RECORDS);
        RecordChunk chunk = new RecordChunk(incarnation, factory, start);
        chunk.fetch(records, from, end, nanoTime);
        if (chunk.lookbackStart < from && from > floor) {
            from = Math.max(floor, Math.max(chunk.lookbackStart, start - MAX_LOOKBACK_RECORDS));
            chunk = new RecordChunk(incarnation, factory, start);
            chunk.fetch(records, from, end, nanoTime);
        }
        return chunk;
    }

    private void fetch(RecordReader records, long from, long limit, LongSupplier nanoTime) {
        records.seek(from);
        long deadline = nanoTime.getAsLong() + TIMEOUT_NANOS;
        while (end < limit && bytes < MAX_BYTES) {
            if (nanoTime.getAsLong() > deadline) {
                throw new LogUnavailableException("Kafka does not respond.");
            }
            for (ConsumerRecord<byte[], byte[]> record : records.poll(POLL)) {
                if (record.offset() < limit && bytes < MAX_BYTES) {
                    add(record);
                }
            }
            if (bytes < MAX_BYTES) {
                end = Math.max(end, Math.min(limit, records.position())); // skips offsets without a record
            }
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        LogEntry entry = factory.create(record, incarnation, (keyed, id, storedAt) -> isDuplicate(keyed, storedAt));
        if (record.offset() >= start) {
            end = record.offset() + 1;
            bytes += RECORD_OVERHEAD_BYTES;
            if (entry != null) {
                entries.add(entry);
                bytes += entry.frame().length;
            }
        }
    }

    private boolean isDuplicate(KeyedRecord keyed, long storedAt) {
        if (keyed.offset() >= start) {
            lookbackStart = Math.min(lookbackStart, keyed.knownUpTo() + 1);
        }
        return duplicates.isDuplicate(keyed, storedAt);
    }

    /** Returns whether the chunk contains the record with a Kafka offset. */
    boolean contains(long kafkaOffset) {
        return start <= kafkaOffset && kafkaOffset < end;
    }

    /** Returns the Kafka offset after the last record. */
    long end() {
        return end;
    }

    /** Returns the entries of the records that are events, in order. */
    List<LogEntry> entries() {
        return entries;
    }
}
