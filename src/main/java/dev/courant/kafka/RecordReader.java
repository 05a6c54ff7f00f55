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
 * The records of the topic from some offset on, by a consumer that is opened when it is needed. One thread at a time.
 *
 * <p>What another program has compressed in a way that is not known here is no event, and is passed over: a record at a
 * time, since where such a batch ends stands in what cannot be read.
 */
final class RecordReader {

    private static final Logger LOG = System.getLogger(RecordReader.class.getName());

    private final ConsumerFactory consumers;
    private final String use;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean stopping;
    private boolean singly; // one record a poll, so that the one that cannot be read is known
    private boolean passing; // the one before could not be read

    /** @param use for its name */
    RecordReader(ConsumerFactory consumers, String use) {
        this.consumers = consumers;
        this.use = use;
    }

    boolean isOpen() {
        return consumer != null;
    }

    /** Where to go on; opens the consumer if there is none. */
    void seek(long offset) {
        open().seek(consumers.partition(), offset);
    }

    /** The offset of what comes next. */
    long position() {
        return open().position(consumers.partition());
    }

    /** What comes next; none if it takes longer, or cannot be read. */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        try {
            ConsumerRecords<byte[], byte[]> records = open().poll(atMost);
            if (singly && !records.isEmpty()) {
                passing = false;
                reopen(false, position());
            }
            return records.records(consumers.partition());
        } catch (KafkaException | LinkageError failed) {
            if (!isUnreadable(failed)) {
                throw failed;
            }
            if (singly) {
                passOver(failed);
            } else {
                reopen(true, position());
            }
            return List.of();
        }
    }

    private void passOver(Throwable why) {
        long unreadable = position();
        if (!passing) {
            LOG.log(
                    Level.WARNING,
                    "Records in Kafka are compressed in a way that cannot be read here, from offset {0} on: passed over",
                    Long.toString(unreadable));
            LOG.log(Level.DEBUG, "The first of them", why);
        }
        passing = true;
        seek(unreadable + 1);
    }

    private static boolean isUnreadable(Throwable failed) {
        Throwable cause = failed;
        while (cause != null && !(cause instanceof LinkageError)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private void reopen(boolean one, long offset) {
        letGo();
        singly = one;
        seek(offset);
    }

    private Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = consumers.open(use, singly);
            consumer = open;
            if (stopping) {
                open.wakeup();
            }
        }
        return open;
    }

    /** What failed may not be of use any more. */
    void letGo() {
        Consumer<byte[], byte[]> old = consumer;
        consumer = null;
        if (old != null) {
            ConsumerFactory.close(old);
        }
    }

    /** Whoever reads is told to stop, now or when it begins. Any thread. */
    void stop() {
        stopping = true;
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }
}
