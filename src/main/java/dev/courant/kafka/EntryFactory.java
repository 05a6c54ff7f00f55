package dev.courant.kafka;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.WireFormat;
import dev.courant.kafka.EventRecord.KeyedRecord;
import dev.courant.log.LogEntry;
import dev.courant.logging.LogThrottle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A factory for log entries from Kafka records. Thread-safe. */
final class EntryFactory {

    private static final Logger LOG = System.getLogger(EntryFactory.class.getName());

    private final LongSupplier nanoTime;
    private final LogThrottle warnings;

    /** @param nanoTime the log's clock */
    EntryFactory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        warnings = new LogThrottle(Duration.ofMinutes(1), nanoTime);
    }

    /**
     * Returns the entry for a record, or {@code null} if the record is not an event or duplicates another record.
     *
     * @param incarnation the incarnation of the topic that contains the record
     * @param duplicates called for each record that a node published with an idempotency key
     */
    @Nullable
    LogEntry create(ConsumerRecord<byte[], byte[]> record, TopicIncarnation incarnation, DuplicateCheck duplicates) {
        long now = nanoTime.getAsLong();
        long age = Math.max(0, System.currentTimeMillis() - record.timestamp());
        long storedAt = now - Duration.ofMillis(age).toNanos();
        try {
            Event event = EventRecord.parseEvent(record);
            KeyedRecord keyed = EventRecord.parseKey(record);
            EventId id = incarnation.toEventId(record.offset());
            if (keyed != null && duplicates.isDuplicate(keyed, id, storedAt)) {
                return null;
            }
            return LogEntry.of(
                    incarnation.toLogOffset(record.offset()),
                    id,
                    event,
                    WireFormat.body(event),
                    storedAt,
                    record.timestamp());
        } catch (IllegalArgumentException invalid) {
            warn(record.offset(), invalid);
            return null;
        }
    }

    /** Logs at most one warning a minute: a program that writes one invalid record usually writes many. */
    private void warn(long offset, IllegalArgumentException reason) {
        if (warnings.tryAcquire()) {
            LOG.log(
                    Level.WARNING,
                    "Skipped record {0} of the Kafka topic, which is not an event (others are not logged for a"
                            + " minute): {1}",
                    Long.toString(offset),
                    reason.getMessage());
        }
    }

    /** A check for duplicates: records with the idempotency key of an earlier record. */
    interface DuplicateCheck {

        /** @param storedAt the time on the log's clock, in nanoseconds */
        boolean isDuplicate(KeyedRecord keyed, EventId id, long storedAt);
    }
}
