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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the topic, on a thread of its own: Kafka's producer keeps its caller waiting while it does not know the
 * brokers, and those who publish are not to wait for that one after the other.
 */
final class RecordPublisher implements Runnable {

    private static final Logger LOG = System.getLogger(RecordPublisher.class.getName());

    private static final long MOST_WAITING_BYTES = 32 << 20;
    private static final long AROUND_DATA = 200; // bytes, roughly
    private static final long PATIENCE_NANOS = Duration.ofSeconds(4).toNanos();
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final long TICK_MILLIS = 250;

    private final KafkaTopic topic;
    private final KafkaClientProperties properties;
    private final KafkaHealth trouble;
    private final KafkaIdempotencyKeys keys;
    private final LongSupplier nanoTime;
    private final LongFunction<EventId> onStored;
    private final BlockingQueue<Sending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean broken; // the producer, for good
    private volatile boolean closing;

    /** @param onStored is told Kafka's offset of a record that was stored, and returns the id of the event */
    RecordPublisher(
            KafkaTopic topic,
            KafkaClientProperties properties,
            KafkaHealth trouble,
            KafkaIdempotencyKeys keys,
            LongSupplier nanoTime,
            LongFunction<EventId> onStored) {
        this.topic = topic;
        this.properties = properties;
        this.trouble = trouble;
        this.keys = keys;
        this.nanoTime = nanoTime;
        this.onStored = onStored;
    }

    /**
     * Has an event sent. Any thread.
     *
     * @param id completes once it is stored, unless it has a key: then it is told when it comes back
     */
    void send(Event event, @Nullable IdempotencyKey once, long seen, CompletableFuture<EventId> id) {
        long bytes = event.data().length() + AROUND_DATA;
        if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
            id.completeExceptionally(new LogUnavailableException("Too many events wait to be stored by Kafka."));
            return;
        }
        queue.add(new Sending(event, once, seen, id, bytes, nanoTime.getAsLong()));
        if (closing) {
            failAll();
        }
    }

    @Override
    public void run() {
        while (!closing) {
            try {
                Sending next = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    waitingBytes.addAndGet(-next.bytes); // the producer has bounds of its own
                    send(next);
                }
                keys.giveUp(nanoTime.getAsLong());
            } catch (InterruptedException byTheContainer) {
                // Managed threads are, now and then; closing says when it is over.
            } catch (RuntimeException | LinkageError unexpected) {
                LOG.log(Level.WARNING, "Publishing to Kafka failed and goes on", unexpected);
            }
        }
        letGo(STOP_WITHIN);
        failAll();
        ended.countDown();
    }

    private void send(Sending next) {
        if (nanoTime.getAsLong() - next.since > PATIENCE_NANOS) {
            fail(next, new LogUnavailableException("Kafka does not answer."));
            return;
        }
        try {
            ProducerRecord<byte[], byte[]> made = EventRecord.of(topic.name(), next.event, next.once, next.seen);
            Future<?> unused = producer().send(made, (stored, failure) -> sent(next, stored, failure));
        } catch (RuntimeException | LinkageError failed) {
            broken = true;
            fail(next, failed);
        }
    }

    /** On the producer's thread. */
    private void sent(Sending sending, @Nullable RecordMetadata stored, @Nullable Exception failure) {
        if (failure != null || stored == null) {
            boolean once = failure instanceof RetriableException || failure instanceof RecordTooLargeException;
            broken |= !once && !closing;
            fail(sending, failure == null ? new ApiException("no answer") : failure);
            return;
        }
        trouble.ofAppending(null);
        try {
            EventId id = onStored.apply(stored.offset());
            if (sending.once == null) {
                sending.id.complete(id);
            }
        } catch (LogUnavailableException topicNotReadYet) {
            sending.id.completeExceptionally(topicNotReadYet);
        }
    }

    private void fail(Sending sending, Throwable failure) {
        if (!(failure instanceof RecordTooLargeException)) {
            trouble.ofAppending(KafkaFailureReasons.of(failure));
        }
        sending.id.completeExceptionally(KafkaFailureReasons.notStored(failure));
    }

    private Producer<byte[], byte[]> producer() {
        if (broken) {
            letGo(Duration.ZERO);
            broken = false;
        }
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = open(properties);
            producer = open;
        }
        return open;
    }

    static Producer<byte[], byte[]> open(KafkaClientProperties properties) {
        return ContextClassLoader.with(
                () -> new KafkaProducer<>(properties.producer(), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private void letGo(Duration within) {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(within);
        }
    }

    private void failAll() {
        for (Sending left = queue.poll(); left != null; left = queue.poll()) {
            left.id.completeExceptionally(new LogUnavailableException("The server is stopping."));
        }
    }

    /** Ends it once what was sent is stored, or soon. Any thread. */
    void stop() {
        closing = true;
    }

    /** Waits until it has come to its end, or the time is up, or this thread is interrupted. */
    void awaitEnd(Duration atMost) {
        try {
            boolean unused = ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }

    private record Sending(
            Event event,
            @Nullable IdempotencyKey once,
            long seen,
            CompletableFuture<EventId> id,
            long bytes,
            long since) {}
}
