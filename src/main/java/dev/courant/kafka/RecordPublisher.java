package dev.courant.kafka;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * The task that sends events to the topic, on a separate thread. Kafka's producer blocks its caller while it does not know
 * the brokers; with this thread, publishers do not wait for each other.
 */
final class RecordPublisher implements Runnable {

    private static final Logger LOG = System.getLogger(RecordPublisher.class.getName());

    private static final long MAX_QUEUED_BYTES = 32 << 20;
    private static final long RECORD_OVERHEAD_BYTES = 200; // approximate size of a record without its data
    private static final long QUEUE_TIMEOUT_NANOS = Duration.ofSeconds(4).toNanos();
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final long TICK_MILLIS = 250;

    private final KafkaClients clients;
    private final KafkaHealth health;
    private final KafkaIdempotencyKeys keys;
    private final LongSupplier nanoTime;
    private final LongFunction<EventId> onStored;
    private final BlockingQueue<QueuedEvent> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean broken; // true if the producer is unusable and has to be replaced
    private volatile boolean closing;

    /** @param onStored receives the Kafka offset of each stored record, and returns the id of the event */
    RecordPublisher(
            KafkaClients clients,
            KafkaHealth health,
            KafkaIdempotencyKeys keys,
            LongSupplier nanoTime,
            LongFunction<EventId> onStored) {
        this.clients = clients;
        this.health = health;
        this.keys = keys;
        this.nanoTime = nanoTime;
        this.onStored = onStored;
    }

    /**
     * Queues an event. Thread-safe.
     *
     * @param id completes when Kafka acknowledges the event; with a key, {@link KafkaIdempotencyKeys} completes it
     */
    void enqueue(Event event, @Nullable IdempotencyKey key, long knownUpTo, CompletableFuture<EventId> id) {
        long bytes = event.data().length() + RECORD_OVERHEAD_BYTES;
        if (queuedBytes.addAndGet(bytes) > MAX_QUEUED_BYTES) {
            queuedBytes.addAndGet(-bytes);
            id.completeExceptionally(
                    new LogUnavailableException("Too many events are queued for Kafka. Try again soon."));
            return;
        }
        queue.add(new QueuedEvent(event, key, knownUpTo, id, bytes, nanoTime.getAsLong()));
        if (closing) {
            failAll();
        }
    }

    @Override
    public void run() {
        while (!closing) {
            try {
                QueuedEvent next = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    queuedBytes.addAndGet(-next.bytes); // from here on, the producer limits the bytes in its buffer
                    send(next);
                }
                keys.failExpired(nanoTime.getAsLong());
            } catch (InterruptedException byTheContainer) {
                // The container may interrupt managed threads. Only the field closing ends the loop.
            } catch (RuntimeException | LinkageError unexpected) {
                LOG.log(
                        Level.WARNING,
                        "Unexpected failure while publishing to Kafka; publishing continues",
                        unexpected);
            }
        }
        closeProducer(STOP_TIMEOUT);
        failAll();
    }

    private void send(QueuedEvent queued) {
        if (nanoTime.getAsLong() - queued.queuedAt > QUEUE_TIMEOUT_NANOS) {
            fail(queued, new LogUnavailableException("Kafka does not respond."));
            return;
        }
        try {
            ProducerRecord<byte[], byte[]> record =
                    EventRecord.toProducerRecord(clients.topic().name(), queued.event, queued.key, queued.knownUpTo);
            Future<?> unused = openProducer().send(record, (stored, failure) -> onSent(queued, stored, failure));
        } catch (RuntimeException | LinkageError failed) {
            broken = true;
            fail(queued, failed);
        }
    }

    /** Called on the producer's thread. */
    private void onSent(QueuedEvent queued, @Nullable RecordMetadata stored, @Nullable Exception failure) {
        if (failure != null || stored == null) {
            boolean producerUsable =
                    failure instanceof RetriableException || failure instanceof RecordTooLargeException;
            broken |= !producerUsable && !closing;
            fail(queued, failure == null ? new ApiException("Kafka sent no response") : failure);
            return;
        }
        health.setAppendProblem(null);
        try {
            EventId id = onStored.apply(stored.offset());
            if (queued.key == null) {
                queued.id.complete(id);
            }
        } catch (LogUnavailableException topicNotReadYet) {
            queued.id.completeExceptionally(topicNotReadYet);
        }
    }

    private void fail(QueuedEvent queued, Throwable failure) {
        if (!(failure instanceof RecordTooLargeException)) {
            health.setAppendProblem(KafkaFailureReasons.describe(failure));
        }
        queued.id.completeExceptionally(KafkaFailureReasons.toLogException(failure));
    }

    private Producer<byte[], byte[]> openProducer() {
        if (broken) {
            closeProducer(Duration.ZERO);
            broken = false;
        }
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = clients.openProducer();
            producer = open;
        }
        return open;
    }

    private void closeProducer(Duration timeout) {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(timeout);
        }
    }

    private void failAll() {
        for (QueuedEvent rest = queue.poll(); rest != null; rest = queue.poll()) {
            rest.id.completeExceptionally(new LogUnavailableException("The server is stopping."));
        }
    }

    /** Requests the end of the task, which then waits at most 2 seconds for acknowledgements. Thread-safe. */
    void stop() {
        closing = true;
    }

    private record QueuedEvent(
            Event event,
            @Nullable IdempotencyKey key,
            long knownUpTo,
            CompletableFuture<EventId> id,
            long bytes,
            long queuedAt) {}
}
