package dev.courant.kafka;

import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the topic has been followed, for those who wait for more. Any thread. */
final class FollowProgress {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    /** Short, so that an outage of Kafka's does not hold up new streams for long. */
    private static final long STORED_NANOS = Duration.ofSeconds(2).toNanos();

    private final TopicAdmin admin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long head; // guarded by lock
    private long stored; // the newest event that Kafka has stored for this node; guarded by lock

    FollowProgress(TopicAdmin admin) {
        this.admin = admin;
    }

    /**
     * Waits until what is in Kafka now is here.
     *
     * @throws LogException if that takes long, or cannot be known
     */
    void catchUp(TopicIncarnation life) {
        try {
            await(life.inside(TopicAdmin.await(admin.end()) - 1));
        } catch (LogException unavailable) {
            throw unavailable;
        } catch (RuntimeException failed) {
            throw new LogUnavailableException(KafkaFailureReasons.of(failed), failed);
        }
    }

    void moved(long to) {
        lock.lock();
        try {
            head = to;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Records that Kafka has stored an event, which may not have been read back yet. */
    void stored(long offset) {
        lock.lock();
        try {
            stored = Math.max(stored, offset);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was stored in a topic that is gone. */
    void forget() {
        lock.lock();
        try {
            stored = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every event that Kafka has stored for this node has been read back, for 2 seconds at most. */
    void awaitStored() {
        lock.lock();
        try {
            long left = STORED_NANOS;
            while (head < stored && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void await(long offset) {
        lock.lock();
        try {
            long left = PATIENCE_NANOS;
            while (head < offset) {
                if (left <= 0) {
                    throw new LogUnavailableException("This node has not read as far yet; try again soon.");
                }
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("The server is stopping.", stopping);
        } finally {
            lock.unlock();
        }
    }
}
