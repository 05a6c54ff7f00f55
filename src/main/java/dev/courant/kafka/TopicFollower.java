package dev.courant.kafka;

import dev.courant.kafka.RecordReader.UnreadableBatchException;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.WindowBounds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * The task that reads the topic, from the start of the window until the log is closed, on a separate thread. After a
 * failure it reads again from the same offset.
 */
final class TopicFollower implements Runnable {

    private static final Logger LOG = System.getLogger(TopicFollower.class.getName());

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

    private final RecordReader records;
    private final WindowBounds window;
    private final TopicAdmin admin;
    private final TopicWatcher watcher;
    private final KafkaHealth health;
    private final KafkaLog log;
    private @Nullable TopicIncarnation incarnation;
    private long position; // the Kafka offset of the next record
    private long loadEnd; // the end of the topic at the start; the log is usable once position has reached it
    private boolean loaded;
    private boolean blocked; // the next batch cannot be read: nothing changes until it is deleted
    private volatile boolean closing;

    /** @param window the bounds of the window, which determine how many events are read at the start */
    TopicFollower(
            KafkaLog log,
            KafkaClients clients,
            WindowBounds window,
            TopicAdmin admin,
            TopicWatcher watcher,
            KafkaHealth health) {
        this.log = log;
        records = new RecordReader(clients, "following");
        this.window = window;
        this.admin = admin;
        this.watcher = watcher;
        this.health = health;
    }

    @Override
    public void run() {
        while (!closing) {
            try {
                follow();
            } catch (WakeupException closing) {
                // The field closing is true and ends the loop.
            } catch (UnreadableBatchException unreadable) {
                blocked = true;
                health.setBatchProblem(KafkaFailureReasons.describe(unreadable));
                records.closeConsumer();
            } catch (OffsetOutOfRangeException outOfRange) {
                runOrRetry(this::findPosition);
            } catch (RuntimeException failure) {
                handleFailure(failure);
            }
            Thread.interrupted(); // the container may interrupt managed threads; only the field closing ends the loop
        }
        records.closeConsumer();
    }

    private void follow() {
        TopicIncarnation current = incarnation == null ? start() : incarnation;
        TopicSnapshot snapshot = watcher.pollSnapshot();
        if (snapshot != null && !snapshot.id().equals(current.id())) {
            switchTopic(snapshot);
            return;
        }
        if (blocked && snapshot != null && snapshot.earliest() <= position) {
            LockSupport.parkNanos(this, RETRY_NANOS);
            return;
        }
        if (!records.isOpen()) {
            records.seek(position);
        }
        List<ConsumerRecord<byte[], byte[]>> next = records.poll(POLL);
        position = records.position();
        log.addRecords(next, current, position);
        if (!loaded && position >= loadEnd) {
            loaded = true;
            log.markLoaded();
        }
        health.setBatchProblem(null);
        health.setFollowProblem(null);
    }

    private TopicIncarnation start() {
        TopicSnapshot snapshot = watcher.findOrCreate();
        long byAge = TopicAdmin.await(admin.findOffset(window.maxAge()));
        long byKeys = TopicAdmin.await(admin.findOffset(IdempotencyKey.LIFETIME));
        long start = Math.min(Math.max(byAge, snapshot.end() - window.maxEvents()), byKeys);
        moveTo(Math.max(snapshot.earliest(), start));
        loadEnd = snapshot.end();
        loaded = false;
        TopicIncarnation started = TopicIncarnation.of(snapshot.id(), log.head() == 0 ? 0 : log.head() + 1);
        log.startIncarnation(started, started.base() + position);
        incarnation = started;
        return started;
    }

    /** Continues with a topic that has replaced the one of the same name. */
    private void switchTopic(TopicSnapshot snapshot) {
        records.closeConsumer();
        if (loaded) {
            LOG.log(Level.WARNING, "The Kafka topic was re-created; clients receive a gap event");
            continueWith(TopicIncarnation.of(snapshot.id(), log.head() + 1), snapshot.earliest());
        } else {
            incarnation = null;
        }
    }

    /** Finds a valid position after Kafka has rejected the current one. */
    private void findPosition() {
        TopicSnapshot snapshot = watcher.fetchSnapshot();
        TopicIncarnation current = incarnation;
        records.closeConsumer();
        if (current == null || !snapshot.id().equals(current.id())) {
            return; // follow() handles the new topic
        }
        if (position < snapshot.earliest()) {
            LOG.log(Level.WARNING, "Kafka deleted events before this node read them; clients receive a gap event");
            moveTo(snapshot.earliest());
            log.markLost(current.base() + position);
        } else if (position > snapshot.end()) {
            LOG.log(Level.ERROR, "Kafka lost events that this node had already read; clients receive a gap event");
            long after = log.head() + 1;
            String name = new BigInteger(52, ThreadLocalRandom.current()).toString(Character.MAX_RADIX);
            continueWith(new TopicIncarnation(snapshot.id(), name, after, after - snapshot.end()), snapshot.end());
        }
    }

    private void continueWith(TopicIncarnation next, long from) {
        moveTo(from);
        incarnation = next;
        log.startIncarnation(next, next.after());
        log.markLoaded();
        loaded = true;
    }

    private void moveTo(long kafkaOffset) {
        position = kafkaOffset;
        blocked = false;
    }

    private void runOrRetry(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            handleFailure(failure);
        }
    }

    private void handleFailure(Throwable failure) {
        if (!closing) {
            health.setFollowProblem(KafkaFailureReasons.describe(failure));
            LOG.log(Level.DEBUG, "Reading from Kafka failed and is retried", failure);
            records.closeConsumer();
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    /** Requests the end of the task. Thread-safe. */
    void stop() {
        closing = true;
        records.stop();
    }
}
