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

    private static final String READING = "The events in Kafka are being read; that takes a moment.";
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final FollowProgress progress;
    private final KafkaIdempotencyKeys keys = new KafkaIdempotencyKeys();
    private final KafkaHealth trouble;
    private final EntryFactory entries;
    private final TopicAdmin admin;
    private final TopicWatcher watch;
    private final RecordPublisher publishing;
    private final TopicFollower follower;
    private final KafkaHistory history;
    private volatile @Nullable TopicIncarnation life; // written under putting
    private volatile boolean known;
    private volatile boolean closed;

    /**
     * Starts the log without waiting for Kafka.
     *
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     * @param threads for the two threads that it has until it is closed
     * @throws IllegalArgumentException if a property cannot be meant; the message is one line
     */
    public KafkaLog(KafkaTopic topic, RetentionBounds retention, LongSupplier nanoTime, ThreadFactory threads) {
        super(retention, nanoTime);
        KafkaClientProperties properties = new KafkaClientProperties(topic);
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        ConsumerFactory consumers = new ConsumerFactory(properties, partition);
        trouble = new KafkaHealth(topic, nanoTime);
        entries = new EntryFactory(nanoTime);
        admin = TopicAdmin.open(topic, properties, consumers);
        progress = new FollowProgress(admin);
        watch = new TopicWatcher(topic, admin, trouble, nanoTime);
        publishing = new RecordPublisher(topic, properties, trouble, keys, nanoTime, this::stored);
        history = new KafkaHistory(this, watch, new RecordBlockReader(consumers, entries, nanoTime));
        follower = new TopicFollower(consumers, retention.whole(), admin, watch, trouble, new Window());
        threads.newThread(publishing).start();
        threads.newThread(follower).start();
    }

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey once) {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
        String why = trouble.ofTopic();
        if (why != null) {
            return CompletableFuture.failedFuture(new LogUnavailableException(why));
        }
        if (once == null) {
            CompletableFuture<EventId> id = new CompletableFuture<>();
            publishing.send(event, null, 0, id);
            return id;
        }
        if (!known) {
            return CompletableFuture.failedFuture(new LogUnavailableException(READING));
        }
        try {
            KafkaIdempotencyKeys.Claim claim = keys.claim(once, now());
            if (claim.sending() != null) {
                publishing.send(event, once, claim.seen(), claim.sending());
            }
            return claim.id();
        } catch (LogException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Kafka acknowledges an event before it has been read back. */
    @Override
    public long awaitAcknowledgedHead() {
        progress.awaitStored();
        return head();
    }

    private EventId stored(long kafkaOffset) {
        TopicIncarnation now = begun();
        progress.stored(now.inside(kafkaOffset));
        return now.idOf(kafkaOffset);
    }

    /** What the client saw on another node may be on its way to this one. */
    @Override
    public OptionalLong find(String id, TopicSelection reader) {
        OptionalLong found = super.find(id, reader);
        if (found.isEmpty() && mayCome(id)) {
            progress.catchUp(current());
            found = super.find(id, reader);
        }
        return found;
    }

    private boolean mayCome(String id) {
        EventId parsed = EventId.parse(id);
        return parsed == null || parsed.epoch().equals(current().epoch());
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public @Nullable String findOutage() {
        String worst = trouble.worst();
        return worst == null && !known ? READING : worst;
    }

    /**
     * The topic as it is followed now.
     *
     * @throws LogUnavailableException until what was there at the start has been read
     */
    TopicIncarnation current() {
        if (!known) {
            throw new LogUnavailableException(READING);
        }
        return begun();
    }

    private TopicIncarnation begun() {
        TopicIncarnation begun = life;
        if (begun == null) {
            throw new LogUnavailableException(READING);
        }
        return begun;
    }

    long clock() {
        return now();
    }

    /** The follower stops last: the streams end after every event that was acknowledged. */
    @Override
    public void close() {
        closed = true;
        publishing.stop();
        publishing.awaitEnd(STOP_WITHIN);
        progress.awaitStored();
        follower.stop();
        history.close();
        admin.close(); // no thread waits for an answer any more
        follower.awaitEnd(STOP_WITHIN);
        KafkaClientLogging.restore();
    }

    /** The window, as the follower fills it. */
    private final class Window implements RecordSink {
        private EpochHistory epochs = new EpochHistory(List.of(new EpochHistory.Epoch("0", 0, 0)));

        @Override
        public long head() {
            return KafkaLog.this.head();
        }

        @Override
        public void begin(TopicIncarnation begun, long lostUpTo) {
            appendLock.lock();
            try {
                EpochHistory.Epoch range = begun.range();
                epochs = known
                        ? after(epochs).append(range.name(), range.after(), range.base())
                        : new EpochHistory(List.of(range));
                KafkaLog.this.clear(lostUpTo);
                life = begun;
            } finally {
                appendLock.unlock();
            }
            keys.forget();
            progress.forget();
        }

        /** What was in the topic that is gone, but never came here, is not to be taken for the beginning of the next. */
        private EpochHistory after(EpochHistory before) {
            return before.append(before.idOf(head()).epoch() + "x", head(), head());
        }

        @Override
        public void known(TopicIncarnation begun) {
            setEpochs(epochs);
            known = true;
            notifyListeners();
        }

        @Override
        public void take(List<ConsumerRecord<byte[], byte[]>> records, TopicIncarnation from, long position) {
            progress.stored(from.inside(position - 1)); // a publisher with a key is answered before the event is put
            appendLock.lock();
            try {
                for (ConsumerRecord<byte[], byte[]> next : records) {
                    LogEntry entry =
                            from.inside(next.offset()) <= head() ? null : entries.of(next, from, keys::isRepeat);
                    if (entry != null) {
                        put(entry);
                    }
                }
                skipTo(from.inside(position - 1));
                keys.seen(position - 1);
            } finally {
                appendLock.unlock();
            }
            progress.moved(head());
            if (!records.isEmpty()) {
                notifyListeners();
            }
        }

        @Override
        public void lose(long upTo) {
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
