package dev.courant.kafka;

import dev.courant.log.IdempotencyKey;
import dev.courant.log.WindowBounds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the topic from where the window begins, on a thread of its own, until it is closed. Whatever fails is tried
 * again from the same place.
 */
final class TopicFollower implements Runnable {

    private static final Logger LOG = System.getLogger(TopicFollower.class.getName());

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long AGAIN_NANOS = Duration.ofMillis(500).toNanos();

    private final RecordReader records;
    private final WindowBounds window;
    private final TopicAdmin admin;
    private final TopicWatcher watch;
    private final KafkaHealth trouble;
    private final RecordSink into;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable TopicIncarnation life;
    private long position; // Kafka's offset of the next record
    private long loadingUpTo; // what was there at the start is taken before anybody is told anything
    private boolean known;
    private volatile @Nullable Thread thread;
    private volatile boolean closing;

    /** @param window how far back to begin */
    TopicFollower(
            ConsumerFactory consumers,
            WindowBounds window,
            TopicAdmin admin,
            TopicWatcher watch,
            KafkaHealth trouble,
            RecordSink into) {
        records = new RecordReader(consumers, "following");
        this.window = window;
        this.admin = admin;
        this.watch = watch;
        this.trouble = trouble;
        this.into = into;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!closing) {
            try {
                follow();
            } catch (WakeupException closing) {
                // The loop is over.
            } catch (OffsetOutOfRangeException elsewhere) {
                attempt(this::findPosition);
            } catch (RuntimeException failed) {
                failed(failed);
            }
            Thread.interrupted(); // the container interrupts managed threads as it likes
        }
        records.letGo();
        ended.countDown();
    }

    private void follow() {
        TopicIncarnation current = life == null ? begin() : life;
        TopicSnapshot sight = watch.glance();
        if (sight != null && !sight.id().equals(current.id())) {
            renew(sight);
            return;
        }
        if (!records.isOpen()) {
            records.seek(position);
        }
        List<ConsumerRecord<byte[], byte[]>> next = records.poll(POLL);
        position = records.position();
        into.take(next, current, position);
        if (!known && position >= loadingUpTo) {
            known = true;
            into.known(current);
        }
        trouble.ofFollowing(null);
    }

    private TopicIncarnation begin() {
        TopicSnapshot sight = watch.find();
        long byAge = TopicAdmin.await(admin.since(window.maxAge()));
        long byKeys = TopicAdmin.await(admin.since(IdempotencyKey.LIFETIME));
        long wanted = Math.min(Math.max(byAge, sight.end() - window.maxEvents()), byKeys);
        position = Math.max(sight.earliest(), wanted);
        loadingUpTo = sight.end();
        known = false;
        TopicIncarnation begun = TopicIncarnation.of(sight.id(), into.head() == 0 ? 0 : into.head() + 1);
        into.begin(begun, begun.base() + position);
        life = begun;
        return begun;
    }

    /** The topic was made anew. */
    private void renew(TopicSnapshot sight) {
        records.letGo();
        if (known) {
            LOG.log(Level.WARNING, "The topic was made anew in Kafka; clients are told a gap");
            goOn(TopicIncarnation.of(sight.id(), into.head() + 1), sight.earliest());
        } else {
            life = null;
        }
    }

    /** What comes next is not where it should be. */
    private void findPosition() {
        TopicSnapshot sight = watch.now();
        TopicIncarnation current = life;
        records.letGo();
        if (current == null || !sight.id().equals(current.id())) {
            return; // it will be noticed
        }
        if (position < sight.earliest()) {
            LOG.log(Level.WARNING, "Kafka has deleted events before they were read here; clients are told a gap");
            position = sight.earliest();
            into.lose(current.base() + position);
        } else if (position > sight.end()) {
            LOG.log(Level.ERROR, "Kafka has lost events that were read here before; clients are told a gap");
            long after = into.head() + 1;
            String name = new BigInteger(52, ThreadLocalRandom.current()).toString(Character.MAX_RADIX);
            goOn(new TopicIncarnation(sight.id(), name, after, after - sight.end()), sight.end());
        }
    }

    private void goOn(TopicIncarnation next, long from) {
        position = from;
        life = next;
        into.begin(next, next.after());
        into.known(next);
        known = true;
    }

    private void attempt(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException failed) {
            failed(failed);
        }
    }

    private void failed(Throwable failed) {
        if (!closing) {
            trouble.ofFollowing(KafkaFailureReasons.of(failed));
            LOG.log(Level.DEBUG, "Following failed and is tried again", failed);
            records.letGo();
            LockSupport.parkNanos(this, AGAIN_NANOS);
        }
    }

    /** Ends it soon. Any thread. */
    void stop() {
        closing = true;
        records.stop();
        LockSupport.unpark(thread);
    }

    /** Waits until it has come to its end, or the time is up, or this thread is interrupted. */
    void awaitEnd(Duration atMost) {
        try {
            boolean unused = ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }
}
