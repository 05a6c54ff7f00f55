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
 * The event loop that writes to a share of the subscriptions and moves their cursors. Only the thread that calls {@link
 * #runTurn} uses its state; others pass work to {@link #execute}. It never blocks: a full connection is skipped.
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
    private final Deque<Subscription> catchUpQueue = new ArrayDeque<>(); // those that are QUEUED
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
        boolean more = followLog();
        catchUp();
        long now = nanoTime.getAsLong();
        blocked.endStalled(now, this::end);
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
        blocked.add(subscription, nanoTime.getAsLong());
        subscription.connection.open(subscription);
        if (draining) {
            end(subscription, null);
        }
    }

    void resume(Subscription subscription) {
        if (subscription.state().isBlocked()) {
            blocked.remove(subscription);
            subscription.enter(subscription.state().whenWritable());
            advance(subscription);
        }
    }

    /** Restarts the stall timeout of a client that accepted a part of the last write. */
    void onProgress(Subscription subscription) {
        if (subscription.state().isBlocked()) {
            blocked.remove(subscription);
            subscription.enter(subscription.state().whenProgressing());
            blocked.add(subscription, nanoTime.getAsLong());
        }
    }

    void end(Subscription subscription, @Nullable Throwable cause) {
        if (subscription.state() == SubscriptionState.ENDED) {
            return;
        }
        subscription.enter(SubscriptionState.ENDED);
        blocked.remove(subscription);
        audiences.leave(subscription);
        subscriptions.remove(subscription);
        deadlines.remove(subscription);
        subscription.finish(cause);
    }

    void drain() {
        draining = true;
        while (followLog() || !catchUpQueue.isEmpty()) {
            catchUp();
        }
        subscriptions.copySubscriptions().forEach(subscription -> end(subscription, null));
    }

    // ---- delivery ----

    /** Reads new entries and writes them to their audiences. Returns whether there are more. */
    private boolean followLog() {
        boolean more = tail.follow();
        for (Audience audience = tail.pollChanged(); audience != null; audience = tail.pollChanged()) {
            // Iterate backwards: if a subscription fails, it is removed, and the last one takes its place in the list.
            for (int i = audience.subscriptions.size() - 1; i >= 0; i--) {
                advance(audience.subscriptions.get(i));
            }
            audience.discardOwnBatch();
        }
        return more;
    }

    /** Advances each subscription in the catch-up queue once. */
    private void catchUp() {
        for (int i = catchUpQueue.size(); i > 0; i--) {
            Subscription next = catchUpQueue.remove();
            if (next.state() == SubscriptionState.QUEUED) { // not if it has ended
                next.enter(SubscriptionState.READY);
                advance(next);
            }
        }
    }

    /** Writes the control bytes, then the next entries after the cursor, and moves the cursor: live, or catching up. */
    private void advance(Subscription subscription) {
        Batch control = subscription.state().canTakeControl() ? subscription.takeControl() : null;
        if (control != null) {
            write(subscription, control);
        }
        if (subscription.state().isWaiting()) {
            return; // continued by catchUp() or deliverHistory()
        }
        Audience audience = subscription.audience;
        subscription.cursor = audience.skipUnread(subscription.cursor);
        try {
            for (int i = 0; subscription.canSend() && i < MAX_BATCHES; i++) {
                NextBatch next = audience.nextBatch(subscription);
                if (next instanceof Batch batch) {
                    subscription.markSent(batch);
                    write(subscription, batch);
                } else if (next == NextBatch.None.UP_TO_DATE) {
                    break;
                } else {
                    subscription.enter(SubscriptionState.READING);
                    historyReader.read(subscription);
                }
            }
        } catch (SlowClientException tooSlow) {
            end(subscription, tooSlow);
        }
        if (subscription.state() == SubscriptionState.READY && subscription.isComplete()) {
            end(subscription, null);
        } else if (subscription.canSend() && subscription.cursor < audience.newestOffset()) {
            subscription.enter(SubscriptionState.QUEUED);
            catchUpQueue.add(subscription);
        }
    }

    /** Writes a batch from the history to the subscriptions that are still writable; the others read it again later. */
    private void deliverHistory(List<Subscription> subscriptions, HistoryReader.ReadResult result) {
        LogRange range = result.range();
        Batch batch = result.batch();
        for (Subscription subscription : subscriptions) {
            subscription.enter(subscription.state().whenRead());
            if (range == null && !subscription.trySkipEvicted(log, result.failure(), result.floor())) {
                end(subscription, result.failure());
            } else if (subscription.state() == SubscriptionState.READY) {
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
                subscription.enter(subscription.state().whenFull());
                blocked.add(subscription, subscription.lastProgressAt);
            }
        } catch (IOException | RuntimeException | Error broken) {
            // A container may throw anything when a client disconnects; this must not affect other subscriptions.
            end(subscription, broken);
        }
    }

    private void sendHeartbeats(long now) {
        subscriptions.visitDue(now, subscription -> {
            Batch heartbeat = heartbeats.nextHeartbeat(subscription, tail.offset(), now);
            if (heartbeat != null) {
                subscription.addControl(heartbeat);
                advance(subscription);
            }
        });
    }

    /** Evicts expired entries even if no events are published, and discards cached batches that may contain them. */
    private void evictExpired(long now) {
        if (now - lastEvictionAt >= EVICTION_INTERVAL_NANOS) {
            lastEvictionAt = now;
            replays.clear();
            audiences.discardCached();
            log.evictExpired();
        }
    }
}
