package dev.courant.kafka;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import dev.courant.log.EpochHistory;
import dev.courant.log.History;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowLog;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A log in a Kafka topic, shared by all nodes. A publication is stored when Kafka acknowledges it. It reaches the window
 * like the publications of other nodes: the follower thread reads it from the topic.
 */
public final class KafkaLog extends WindowLog {

    private static final String LOADING = "The node is reading the events from Kafka. Try again soon.";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final FollowProgress progress;
    private final KafkaIdempotencyKeys keys = new KafkaIdempotencyKeys();
    private final KafkaHealth health;
    private final EntryFactory entries;
    private final TopicAdmin admin;
    private final TopicWatcher watcher;
    private final RecordPublisher publisher;
    private final TopicFollower follower;
    private final KafkaHistory history;
    private volatile @Nullable TopicIncarnation incarnation; // written while holding appendLock
    private volatile boolean loaded;
    private volatile boolean closed;

    /**
     * Starts the log without waiting for Kafka.
     *
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     * @param threads creates the two threads of the log, which end when it is closed
     * @throws IllegalArgumentException if a property is invalid, with a message of one line
     */
    public KafkaLog(KafkaTopic topic, RetentionBounds retention, LongSupplier nanoTime, ThreadFactory threads) {
        super(retention, nanoTime);
        KafkaClientProperties properties = new KafkaClientProperties(topic);
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        ConsumerFactory consumers = new ConsumerFactory(properties, partition);
        health = new KafkaHealth(topic, nanoTime);
        entries = new EntryFactory(nanoTime);
        admin = TopicAdmin.open(topic, properties, consumers);
        progress = new FollowProgress(admin);
        watcher = new TopicWatcher(topic, admin, health, nanoTime);
        publisher = new RecordPublisher(topic, properties, health, keys, nanoTime, this::recordStored);
        history = new KafkaHistory(this, watcher, new RecordBlockReader(consumers, entries, nanoTime), nanoTime);
        follower = new TopicFollower(consumers, retention.whole(), admin, watcher, health, new WindowSink());
        threads.newThread(publisher).start();
        threads.newThread(follower).start();
    }

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey key) {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
        String problem = health.topicProblem();
        if (problem != null) {
            return CompletableFuture.failedFuture(new LogUnavailableException(problem));
        }
        if (key == null) {
            CompletableFuture<EventId> id = new CompletableFuture<>();
            publisher.enqueue(event, null, 0, id);
            return id;
        }
        if (!loaded) {
            return CompletableFuture.failedFuture(new LogUnavailableException(LOADING));
        }
        try {
            KafkaIdempotencyKeys.Claim claim = keys.claim(key, now());
            if (claim.newId() != null) {
                publisher.enqueue(event, key, claim.knownUpTo(), claim.newId());
            }
            return claim.id();
        } catch (LogException rejected) {
            return CompletableFuture.failedFuture(rejected);
        }
    }

    /** Waits at most 2 seconds, until this node has read the events that Kafka acknowledged to it. */
    @Override
    public long awaitAcknowledgedHead() {
        progress.awaitStored();
        return head();
    }

    private EventId recordStored(long kafkaOffset) {
        TopicIncarnation started = requireStarted();
        progress.markStored(started.toLogOffset(kafkaOffset));
        return started.toEventId(kafkaOffset);
    }

    /** Waits at most 5 seconds if the id is unknown: the client may have received it from a node that reads faster. */
    @Override
    public OptionalLong find(String id, TopicSelection reader) {
        OptionalLong found = super.find(id, reader);
        if (found.isEmpty() && canArrive(id)) {
            progress.catchUp(requireLoaded());
            found = super.find(id, reader);
        }
        return found;
    }

    private boolean canArrive(String id) {
        EventId parsed = EventId.parse(id);
        return parsed == null || parsed.epoch().equals(requireLoaded().epoch());
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public @Nullable String findOutage() {
        String worst = health.findWorstProblem();
        return worst == null && !loaded ? LOADING : worst;
    }

    /**
     * Returns the current incarnation of the topic.
     *
     * @throws LogUnavailableException until the node has read the events that were in the topic at the start
     */
    TopicIncarnation requireLoaded() {
        if (!loaded) {
            throw new LogUnavailableException(LOADING);
        }
        return requireStarted();
    }

    private TopicIncarnation requireStarted() {
        TopicIncarnation started = incarnation;
        if (started == null) {
            throw new LogUnavailableException(LOADING);
        }
        return started;
    }

    /** Stops the follower after the publisher, so that streams deliver every acknowledged event before they end. */
    @Override
    public void close() {
        closed = true;
        publisher.stop();
        publisher.awaitEnd(STOP_TIMEOUT);
        progress.awaitStored();
        follower.stop();
        history.close();
        admin.close(); // no thread waits for a response any more
        follower.awaitEnd(STOP_TIMEOUT);
        KafkaClientLogging.restore();
    }

    /** The sink that writes the follower's records into the window. */
    private final class WindowSink implements RecordSink {
        private EpochHistory epochs = new EpochHistory(List.of(new EpochHistory.Epoch("0", 0, 0)));

        @Override
        public long head() {
            return KafkaLog.this.head();
        }

        @Override
        public void start(TopicIncarnation started, long lostUpTo) {
            appendLock.lock();
            try {
                EpochHistory.Epoch range = started.toEpoch();
                epochs = loaded
                        ? endAtHead(epochs).append(range.name(), range.after(), range.base())
                        : new EpochHistory(List.of(range));
                KafkaLog.this.clear(lostUpTo);
                incarnation = started;
            } finally {
                appendLock.unlock();
            }
            keys.reset();
            progress.reset();
        }

        /** Ends the epoch at the head. Ids of unread events must not map to events of the new topic. */
        private EpochHistory endAtHead(EpochHistory before) {
            return before.append(before.idOf(head()).epoch() + "x", head(), head());
        }

        @Override
        public void markLoaded(TopicIncarnation started) {
            setEpochs(epochs);
            loaded = true;
            notifyListeners();
        }

        @Override
        public void add(List<ConsumerRecord<byte[], byte[]>> records, TopicIncarnation from, long position) {
            // isDuplicate completes a publication before put adds its event. In between, awaitStored waits.
            progress.markStored(from.toLogOffset(position - 1));
            appendLock.lock();
            try {
                for (ConsumerRecord<byte[], byte[]> next : records) {
                    LogEntry entry = from.toLogOffset(next.offset()) <= head()
                            ? null
                            : entries.create(next, from, keys::isDuplicate);
                    if (entry != null) {
                        put(entry);
                    }
                }
                skipTo(from.toLogOffset(position - 1));
                keys.setKnownUpTo(position - 1);
            } finally {
                appendLock.unlock();
            }
            progress.setHead(head());
            if (!records.isEmpty()) {
                notifyListeners();
            }
        }

        @Override
        public void markLost(long upTo) {
            appendLock.lock();
            try {
                KafkaLog.this.clear(upTo);
            } finally {
                appendLock.unlock();
            }
            notifyListeners();
        }
    }
}
