package dev.courant.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A sequential reader of the topic's records, which opens its consumer on first use. Not thread-safe, except {@link #stop}.
 */
final class RecordReader {

    private final KafkaClients clients;
    private final String purpose;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean stopping;

    /** @param purpose the suffix of the consumer's {@code client.id} */
    RecordReader(KafkaClients clients, String purpose) {
        this.clients = clients;
        this.purpose = purpose;
    }

    boolean isOpen() {
        return consumer != null;
    }

    /** Sets the Kafka offset of the next record; opens the consumer if it is closed. */
    void seek(long offset) {
        open().seek(clients.partition(), offset);
    }

    /** Returns the Kafka offset of the next record. */
    long position() {
        return open().position(clients.partition());
    }

    /**
     * Returns the next records, or none if the timeout elapses.
     *
     * @throws UnreadableBatchException if the next records have a compression type that Courant does not support
     */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
        try {
            return open().poll(timeout).records(clients.partition());
        } catch (KafkaException | LinkageError failed) {
            Throwable cause = failed;
            while (cause != null && !(cause instanceof LinkageError)) { // the native code is missing
                cause = cause.getCause();
            }
            if (cause == null) {
                throw failed;
            }
            throw new UnreadableBatchException(position(), cause);
        }
    }

    private Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = clients.openConsumer(purpose);
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
            KafkaClients.close(old);
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

    /**
     * Thrown when one of the next batches has a compression type that Courant does not support. Its start and its end are
     * unknown, so the reader cannot skip it.
     */
    static final class UnreadableBatchException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnreadableBatchException(long kafkaOffset, Throwable cause) {
            super(
                    "Courant does not support the compression of a batch at or after offset " + kafkaOffset
                            + " of the Kafka topic. Set the topic's compression.type to \"uncompressed\", and delete the"
                            + " records up to the end of that batch.",
                    cause);
        }
    }
}
