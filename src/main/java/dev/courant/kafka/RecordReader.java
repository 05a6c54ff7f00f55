package dev.courant.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A sequential reader of the topic's records, which opens its consumer on first use. Not thread-safe, except {@link #stop}.
 *
 * <p>Records with a compression type that Courant does not support are skipped with a warning. The end of such a batch is
 * unknown, so the reader advances by one offset at a time.
 */
final class RecordReader {

    private static final Logger LOG = System.getLogger(RecordReader.class.getName());

    private final ConsumerFactory consumers;
    private final String purpose;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean stopping;
    private boolean oneRecordPerPoll; // true while searching for the offset of an unreadable record
    private boolean skipping; // true if the previous record was unreadable and a warning has been logged

    /** @param purpose the suffix of the consumer's {@code client.id} */
    RecordReader(ConsumerFactory consumers, String purpose) {
        this.consumers = consumers;
        this.purpose = purpose;
    }

    boolean isOpen() {
        return consumer != null;
    }

    /** Sets the Kafka offset of the next record; opens the consumer if it is closed. */
    void seek(long offset) {
        open().seek(consumers.partition(), offset);
    }

    /** Returns the Kafka offset of the next record. */
    long position() {
        return open().position(consumers.partition());
    }

    /** Returns the next records, or none if the timeout elapses or the next record is unreadable. */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
        try {
            ConsumerRecords<byte[], byte[]> records = open().poll(timeout);
            if (oneRecordPerPoll && !records.isEmpty()) {
                skipping = false;
                reopen(false, position());
            }
            return records.records(consumers.partition());
        } catch (KafkaException | LinkageError failed) {
            if (!isUnreadable(failed)) {
                throw failed;
            }
            if (oneRecordPerPoll) {
                skipUnreadable(failed);
            } else {
                reopen(true, position());
            }
            return List.of();
        }
    }

    private void skipUnreadable(Throwable failure) {
        long unreadable = position();
        if (!skipping) {
            LOG.log(
                    Level.WARNING,
                    "Skipping records from offset {0} of the Kafka topic: Courant does not support their compression type",
                    Long.toString(unreadable));
            LOG.log(Level.DEBUG, "The first skipped record", failure);
        }
        skipping = true;
        seek(unreadable + 1);
    }

    private static boolean isUnreadable(Throwable failed) {
        Throwable cause = failed;
        while (cause != null && !(cause instanceof LinkageError)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private void reopen(boolean onePerPoll, long offset) {
        closeConsumer();
        oneRecordPerPoll = onePerPoll;
        seek(offset);
    }

    private Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = consumers.open(purpose, oneRecordPerPoll);
            consumer = open;
            if (stopping) {
                open.wakeup();
            }
        }
        return open;
    }

    /** Closes the consumer, which may be unusable after a failure. */
    void closeConsumer() {
        Consumer<byte[], byte[]> old = consumer;
        consumer = null;
        if (old != null) {
            ConsumerFactory.close(old);
        }
    }

    /** Makes the current or the next poll fail with a {@code WakeupException}. Thread-safe. */
    void stop() {
        stopping = true;
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }
}
