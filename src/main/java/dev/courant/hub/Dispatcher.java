package dev.courant.hub;

import dev.courant.log.EventLog;
import dev.courant.log.LogRange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The event loop that writes to a share of the subscriptions and moves their cursors. Only the thread that calls
 * {@link #runTurn} uses its state; other threads pass work to {@link #execute}. It never blocks: a connection is
 * skipped until it reports that it is writable.
 */
final class Dispatcher {

    /** The maximum time between two evictions of expired entries. */
    private static final long EVICTION_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    /** The maximum number of batches written to one connection before other subscriptions have their turn. */
    private static final int MAX_BATCHES = 4;

    private final EventLog log;
    private final LongSupplier nanoTime;
    private final Runnable wake;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

    private final ReplayCache replays = new ReplayCache();
    private final AudienceRegistry audiences;
    private final LogTail tail;
    private final SubscriptionTimer subscriptions;
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final HeartbeatSchedule heartbeats;
    private final BlockedSubscriptions blocked;
    private final HistoryReader historyReader;
    // writable subscriptions that have more to read than MAX_BATCHES
    private final Deque<Subscription> catchUpQueue = new ArrayDeque<>();
    private long lastEvictionAt;
    private boolean draining;

    /** @param wake makes the thread call {@link #runTurn} soon */
    Dispatcher(EventLog log, HubTimeouts timeouts, LongSupplier nanoTime, Executor historyExecutor, Runnable wake) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.wake = wake;
        blocked = new BlockedSubscriptions(timeouts.stall());
        historyReader = new HistoryReader(log, nanoTime, historyExecutor, this::execute, this::deliverHistory);
        audiences = new AudienceRegistry(log, replays);
        tail = new LogTail(log, audiences);
        heartbeats = new HeartbeatSchedule(log, timeouts.heartbeat());
        lastEvictionAt = nanoTime.getAsLong();
        subscriptions = new SubscriptionTimer(timeouts.heartbeat().toNanos(), lastEvictionAt);
    }

    /** Returns the number of subscriptions. Thread-safe. */
    int size() {
        return subscriptions.size();
    }

    /** Runs the work on the dispatcher thread, in the order of the calls. Thread-safe. */
    void execute(Runnable work) {
        inbox.add(work);
        wake.run();
    }

    /** Does the work that is due. Returns whether the next turn must follow at once, because entries remain. */
    boolean runTurn() {
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
        }
        boolean more = tail.follow(this::advance);
        catchUp();
        long now = nanoTime.getAsLong();
        endStalled(now);
        deadlines.processDue(now, this::advance, subscription -> end(subscription, null));
        historyReader.retry(now);
        sendHeartbeats(now);
        evictExpired(now);
        return more || !catchUpQueue.isEmpty();
    }

    // ---- run on the dispatcher thread, by execute ----

    void add(Subscription subscription) {
        audiences.join(subscription, tail.offset());
        subscriptions.add(subscription);
        deadlines.add(subscription);
        blocked.addNew(subscription, nanoTime.getAsLong());
        subscription.connection.open(subscription);
        if (draining) {
            end(subscription, null);
        }
    }

    void resume(Subscription subscription) {
        if (!subscription.ended && !subscription.writable) {
            subscription.writable = true;
            blocked.remove(subscription);
            advance(subscription);
        }
    }

    /** Restarts the stall timeout of a client that accepted a part of the last write. */
    void onProgress(Subscription subscription) {
        blocked.restartTimeout(subscription, nanoTime.getAsLong());
    }

    void end(Subscription subscription, @Nullable Throwable cause) {
        if (subscription.ended) {
            return;
        }
        subscription.ended = true;
        blocked.remove(subscription);
        audiences.leave(subscription);
        subscriptions.remove(subscription);
        deadlines.remove(subscription);
        subscription.finish(cause);
    }

    void drain() {
        draining = true;
        while (tail.follow(this::advance)) {
            // follow() reads a part of the log each time
        }
        while (!catchUpQueue.isEmpty()) {
            catchUp();
        }
        subscriptions.copySubscriptions().forEach(subscription -> end(subscription, null));
    }

    // ---- delivery ----

    /** Advances each subscription in the catch-up queue once. */
    private void catchUp() {
        for (int i = catchUpQueue.size(); i > 0; i--) {
            Subscription next = catchUpQueue.remove();
            next.queued = false;
            if (!next.ended) {
                advance(next);
            }
        }
    }

    /**
     * Writes the next entries after the cursor, and moves the cursor. Live delivery, replay and catching up all use
     * this method.
     */
    private void advance(Subscription subscription) {
        if (subscription.queued || subscription.readingHistory) {
            return; // continued by catchUp() or deliverHistory()
        }
        Audience audience = subscription.audience;
        subscription.cursor = audience.skipUnread(subscription.cursor);
        if (subscription.writable && subscription.control != null) {
            Batch control = subscription.control;
            subscription.control = null;
            write(subscription, control);
        }
        try {
            for (int i = 0; subscription.writable && i < MAX_BATCHES; i++) {
                Batch batch = audience.nextBatch(subscription);
                if (batch == null) {
                    subscription.cursor = Math.max(subscription.cursor, audience.newestOffset());
                    return;
                }
                if (batch.isInHistory()) {
                    historyReader.read(subscription);
                    return;
                }
                subscription.markSent(batch);
                write(subscription, batch);
            }
        } catch (SlowClientException tooSlow) {
            end(subscription, tooSlow);
        }
        if (subscription.writable && subscription.cursor < audience.newestOffset()) {
            subscription.queued = true;
            catchUpQueue.add(subscription);
        }
    }

    /** Writes a batch from the history to the subscriptions that are still writable; the others read it again later. */
    private void deliverHistory(List<Subscription> subscriptions, HistoryReader.ReadResult result) {
        LogRange range = result.range();
        Batch batch = result.batch();
        for (Subscription subscription : subscriptions) {
            if (range == null && !subscription.trySkipEvicted(log, result.failure())) {
                end(subscription, result.failure());
            } else if (!subscription.ended && subscription.writable) {
                if (batch != null) {
                    subscription.markSent(batch);
                    write(subscription, batch);
                }
                subscription.cursor = range == null ? subscription.cursor : range.upTo();
                advance(subscription);
            }
        }
    }

    private void write(Subscription subscription, Batch batch) {
        try {
            subscription.lastProgressAt = nanoTime.getAsLong();
            if (!subscription.connection.write(batch)) {
                subscription.writable = false;
                blocked.add(subscription, subscription.lastProgressAt);
            }
        } catch (IOException | RuntimeException | Error broken) {
            // A container may throw anything when a client disconnects; this must not affect other subscriptions.
            subscription.writable = false;
            end(subscription, broken);
        }
    }

    // ---- time ----

    private void endStalled(long now) {
        for (Subscription slow = blocked.findStalled(now); slow != null; slow = blocked.findStalled(now)) {
            end(slow, blocked.newTimeoutException());
        }
    }

    private void sendHeartbeats(long now) {
        subscriptions.visitDue(now, subscription -> {
            Batch heartbeat = subscription.writable ? heartbeats.nextHeartbeat(subscription, tail.offset(), now) : null;
            if (heartbeat != null) {
                write(subscription, heartbeat);
            }
        });
    }

    /** Evicts expired entries even if no events are published, and discards cached batches that may contain them. */
    private void evictExpired(long now) {
        if (now - lastEvictionAt >= EVICTION_INTERVAL_NANOS) {
            lastEvictionAt = now;
            replays.clear();
            audiences.audiences().forEach(Audience::discardBatch);
            log.evictExpired();
        }
    }
}
