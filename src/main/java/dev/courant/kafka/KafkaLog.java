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
import dev.courant.log.StreamPosition;
import dev.courant.log.TopicEndedException;
import dev.courant.log.WindowLog;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A log in a Kafka topic, shared by all nodes. A publication is stored when Kafka acknowledges it. It reaches the window
 * like the publications of other nodes: the follower thread reads it from the topic.
 */
public final class KafkaLog extends WindowLog {

    private static final String LOADING = "The node is reading the events from Kafka. Try again soon.";
    private static final long STOP_MILLIS = 5_000;

    private final FollowProgress progress;
    private final KafkaIdempotencyKeys keys = new KafkaIdempotencyKeys();
    private final KafkaHealth health;
    private final EntryFactory entries;
    private final KafkaClients clients;
    private final TopicAdmin admin;
    private final RecordPublisher publisher;
    private final Thread publisherThread;
    private final TopicFollower follower;
    private final Thread followerThread;
    private final KafkaHistory history;
    private EpochHistory epochs = EpochHistory.of("0"); // used by the follower thread only
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
        clients = KafkaClients.open(topic);
        health = new KafkaHealth(topic, nanoTime);
        entries = new EntryFactory(nanoTime);
        admin = new TopicAdmin(clients);
        progress = new FollowProgress(admin);
        TopicWatcher watcher = new TopicWatcher(topic, admin, health, nanoTime);
        publisher = new RecordPublisher(clients, health, keys, nanoTime, this::recordStored);
        history = new KafkaHistory(this, watcher, clients, entries, nanoTime);
        follower = new TopicFollower(this, clients, retention.whole(), admin, watcher, health);
        publisherThread = threads.newThread(publisher);
        followerThread = threads.newThread(follower);
        publisherThread.start();
        followerThread.start();
    }

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey key) {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
        String problem = key == null || loaded ? health.findPublishProblem() : findOutage();
        if (problem != null) {
            return CompletableFuture.failedFuture(new LogUnavailableException(problem));
        }
        try {
            KafkaIdempotencyKeys.Claim claim =
                    key == null ? KafkaIdempotencyKeys.Claim.withoutKey() : keys.claim(key, now());
            if (claim.newId() != null && hasEnded(event.topics())) {
                claim.newId().completeExceptionally(new TopicEndedException());
            } else if (claim.newId() != null) {
                publisher.enqueue(event, key, claim.knownUpTo(), claim.newId());
            }
            return claim.id();
        } catch (LogException rejected) {
            return CompletableFuture.failedFuture(rejected);
        }
    }

    @Override
    public @Nullable StreamPosition findStream(String key) {
        requireLoaded();
        return keys.findStream(key);
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
        TopicIncarnation current = requireLoaded();
        EventId parsed = EventId.parse(id);
        if (found.isEmpty() && (parsed == null || parsed.epoch().equals(current.epoch()))) {
            progress.catchUp(current);
            found = super.find(id, reader);
        }
        return found;
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
            throw new LogUnavailableException(String.valueOf(findOutage()));
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
        awaitEnd(publisherThread);
        progress.awaitStored();
        follower.stop();
        history.close();
        admin.close(); // no thread waits for a response any more
        awaitEnd(followerThread);
        clients.close();
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- called by the follower thread ----

    /** Starts an incarnation of the topic. The follower does not read events up to the log offset {@code lostUpTo}. */
    void startIncarnation(TopicIncarnation started, long lostUpTo) {
        appendLock.lock();
        try {
            // The previous epoch ends at the head: ids of unread events must not map to events of the new topic.
            epochs = loaded
                    ? epochs.append(epochs.idOf(head()).epoch() + "x", head(), head())
                            .append(started.epoch(), started.after(), started.base())
                    : new EpochHistory(
                            List.of(new EpochHistory.Epoch(started.epoch(), started.after(), started.base())));
            clear(lostUpTo);
            incarnation = started;
        } finally {
            appendLock.unlock();
        }
        keys.reset();
        progress.reset();
    }

    /** Marks the log as usable: the follower has read all records that were in the topic at the start. */
    void markLoaded() {
        setEpochs(epochs);
        loaded = true;
        notifyListeners();
    }

    /**
     * Adds records to the window, in the order of the topic.
     *
     * @param position the Kafka offset of the next record to read
     */
    void addRecords(List<ConsumerRecord<byte[], byte[]>> records, TopicIncarnation from, long position) {
        // isDuplicate completes a publication before put adds its event. In between, awaitStored waits.
        progress.markStored(from.toLogOffset(position - 1));
        appendLock.lock();
        try {
            for (ConsumerRecord<byte[], byte[]> next : records) {
                LogEntry entry = from.toLogOffset(next.offset()) <= head()
                        ? null
                        : entries.create(next, from, keys::isDuplicate);
                // Another node may have published it before it had read the end. Each node drops it.
                if (entry != null && !hasEnded(entry.topics())) {
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

    /** Marks all events up to a log offset as lost: Kafka has deleted them before the follower read them. */
    void markLost(long upTo) {
        appendLock.lock();
        try {
            clear(upTo);
        } finally {
            appendLock.unlock();
        }
        notifyListeners();
    }
}
