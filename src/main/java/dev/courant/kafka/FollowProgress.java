package dev.courant.kafka;

import dev.courant.log.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The offset up to which this node has read the topic. Threads can wait for it to advance. Thread-safe. */
final class FollowProgress {

    private static final long CATCH_UP_TIMEOUT_NANOS = Duration.ofSeconds(5).toNanos();

    /** The maximum delay of a new stream. It is short, because an outage of Kafka delays each new stream. */
    private static final long STORED_TIMEOUT_NANOS = Duration.ofSeconds(2).toNanos();

    private final TopicAdmin admin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition headMoved = lock.newCondition();
    private long head; // guarded by lock
    private long stored; // log offset of the newest event that Kafka acknowledged to this node; guarded by lock

    FollowProgress(TopicAdmin admin) {
        this.admin = admin;
    }

    /**
     * Waits until this node has read all events that Kafka has now, for 5 seconds at most.
     *
     * @throws LogUnavailableException if the node has not read them by then, or Kafka does not respond
     */
    void catchUp(TopicIncarnation incarnation) {
        long newest;
        try {
            newest = incarnation.toLogOffset(TopicAdmin.await(admin.fetchEnd()) - 1);
        } catch (RuntimeException failed) {
            throw new LogUnavailableException(KafkaFailureReasons.describe(failed), failed);
        }
        if (!awaitHead(() -> newest, CATCH_UP_TIMEOUT_NANOS)) {
            throw new LogUnavailableException("This node has not read all events from Kafka yet. Try again soon.");
        }
    }

    void setHead(long offset) {
        lock.lock();
        try {
            head = offset;
            headMoved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Records that Kafka acknowledged an event, which this node may not have read back yet. */
    void markStored(long offset) {
        lock.lock();
        try {
            stored = Math.max(stored, offset);
        } finally {
            lock.unlock();
        }
    }

    /** Discards the offset of the newest acknowledged event, because the topic has a new incarnation. */
    void reset() {
        lock.lock();
        try {
            stored = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this node has read back every event that Kafka acknowledged to it, for 2 seconds at most. */
    void awaitStored() {
        boolean unused = awaitHead(() -> stored, STORED_TIMEOUT_NANOS);
    }

    /** Returns whether this node has read all records up to an offset, now or before the timeout elapsed. */
    private boolean awaitHead(LongSupplier offset, long timeoutNanos) {
        lock.lock();
        try {
            long remaining = timeoutNanos;
            while (head < offset.getAsLong() && remaining > 0) {
                remaining = headMoved.awaitNanos(remaining);
            }
            return head >= offset.getAsLong();
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
