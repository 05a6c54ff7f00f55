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
 * Moves the cursors of its share of the subscriptions. All of its state belongs to the one thread that calls
 * {@link #turn}, so none of it is locked; other threads hand in work by {@link #execute}. It never blocks: a connection
 * that can take no more is left alone until it says that it can.
 */
final class Dispatcher {

    /** How often what is past its age is let go of, at the least. */
    private static final long EXPIRE_NANOS = Duration.ofSeconds(1).toNanos();

    /** How many batches one connection is written in a row, before the others that have some to catch up. */
    private static final int MOST_BATCHES = 4;

    private final EventLog log;
    private final LongSupplier nanoTime;
    private final Runnable wake;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

    private final ReplayCache replays = new ReplayCache();
    private final AudienceRegistry audiences;
    private final LogTail tail;
    private final SubscriptionTimer roster;
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final HeartbeatSchedule heartbeats;
    private final BlockedSubscriptions waiting;
    private final HistoryReader back;
    private final Deque<Subscription> behind = new ArrayDeque<>(); // writable, with more to read than fits one turn
    private long expiredAt;
    private boolean draining;

    /** @param wake makes the thread that calls {@link #turn} call it soon */
    Dispatcher(EventLog log, HubTimeouts timing, LongSupplier nanoTime, Executor reading, Runnable wake) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.wake = wake;
        waiting = new BlockedSubscriptions(timing.stall());
        back = new HistoryReader(log, nanoTime, reading, this::execute, this::takeReadBack);
        audiences = new AudienceRegistry(log, replays);
        tail = new LogTail(log, audiences);
        heartbeats = new HeartbeatSchedule(log, timing.heartbeat());
        expiredAt = nanoTime.getAsLong();
        roster = new SubscriptionTimer(timing.heartbeat().toNanos(), expiredAt);
    }

    /** How many subscriptions there are. Any thread. */
    int size() {
        return roster.size();
    }

    /** Has the work done on the dispatcher's thread, after what was handed in before. Any thread. */
    void execute(Runnable work) {
        inbox.add(work);
        wake.run();
    }

    /** Does what there is to do now. @return whether there is more, so that it is to be called again at once */
    boolean turn() {
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
        }
        boolean more = tail.follow(this::advance);
        catchUp();
        long now = nanoTime.getAsLong();
        endStalled(now);
        deadlines.pass(now, this::advance, subscription -> end(subscription, null));
        back.retry(now);
        beat(now);
        expire(now);
        return more || !behind.isEmpty();
    }

    // ---- on the dispatcher's thread, by way of execute ----

    void add(Subscription subscription) {
        audiences.join(subscription, tail.at());
        roster.add(subscription);
        deadlines.add(subscription);
        waiting.arrive(subscription, nanoTime.getAsLong());
        subscription.connection.open(subscription);
        if (draining) {
            end(subscription, null);
        }
    }

    void resume(Subscription subscription) {
        if (!subscription.over && !subscription.writable) {
            subscription.writable = true;
            waiting.remove(subscription);
            advance(subscription);
        }
    }

    /** Some of what was written last was taken, not yet all. */
    void progress(Subscription subscription) {
        waiting.progress(subscription, nanoTime.getAsLong());
    }

    void end(Subscription subscription, @Nullable Throwable cause) {
        if (subscription.over) {
            return;
        }
        subscription.over = true;
        waiting.remove(subscription);
        audiences.leave(subscription);
        roster.remove(subscription);
        deadlines.remove(subscription);
        subscription.finish(cause);
    }

    void drain() {
        draining = true;
        while (tail.follow(this::advance)) {
            // On to the head.
        }
        while (!behind.isEmpty()) {
            catchUp();
        }
        roster.all().forEach(subscription -> end(subscription, null));
    }

    // ---- delivery ----

    /** Lets each of those that are behind read on, in turn. */
    private void catchUp() {
        for (int i = behind.size(); i > 0; i--) {
            Subscription next = behind.remove();
            next.behind = false;
            if (!next.over) {
                advance(next);
            }
        }
    }

    /** Writes what lies between the cursor and the head, then moves the cursor: live, replay and catching up alike. */
    private void advance(Subscription subscription) {
        if (subscription.behind || subscription.readingBack) {
            return; // its turn will come
        }
        Audience audience = subscription.audience;
        subscription.cursor = audience.settled(subscription.cursor);
        if (subscription.writable && subscription.opening != null) {
            Batch opening = subscription.opening;
            subscription.opening = null;
            write(subscription, opening);
        }
        try {
            for (int i = 0; subscription.writable && i < MOST_BATCHES; i++) {
                Batch batch = audience.after(subscription);
                if (batch == null) {
                    subscription.cursor = Math.max(subscription.cursor, audience.tip());
                    return;
                }
                if (batch.isKept()) {
                    back.read(subscription);
                    return;
                }
                subscription.sent(batch);
                write(subscription, batch);
            }
        } catch (SlowClientException tooSlow) {
            end(subscription, tooSlow);
        }
        if (subscription.writable && subscription.cursor < audience.tip()) {
            subscription.behind = true;
            behind.add(subscription);
        }
    }

    /** What the window did not hold any more is here, for those that can still take it; the others ask again. */
    private void takeReadBack(List<Subscription> subscriptions, HistoryReader.Read read) {
        LogRange stretch = read.stretch();
        Batch batch = read.batch();
        for (Subscription subscription : subscriptions) {
            if (stretch == null && !subscription.skip(log, read.failure())) {
                end(subscription, read.failure());
            } else if (!subscription.over && subscription.writable) {
                if (batch != null) {
                    subscription.sent(batch);
                    write(subscription, batch);
                }
                subscription.cursor = stretch == null ? subscription.cursor : stretch.upTo();
                advance(subscription);
            }
        }
    }

    private void write(Subscription subscription, Batch batch) {
        try {
            subscription.changedAt = nanoTime.getAsLong();
            if (!subscription.connection.write(batch)) {
                subscription.writable = false;
                waiting.add(subscription, subscription.changedAt);
            }
        } catch (IOException | RuntimeException | Error broken) {
            // A container may throw anything from a stream whose client is gone, and nobody else is to suffer from it.
            subscription.writable = false;
            end(subscription, broken);
        }
    }

    // ---- time ----

    private void endStalled(long now) {
        for (Subscription slow = waiting.stalled(now); slow != null; slow = waiting.stalled(now)) {
            end(slow, waiting.tooSlow());
        }
    }

    private void beat(long now) {
        roster.goRound(now, subscription -> {
            Batch beat = subscription.writable ? heartbeats.due(subscription, tail.at(), now) : null;
            if (beat != null) {
                write(subscription, beat);
            }
        });
    }

    /** A log that nothing is published to forgets too. */
    private void expire(long now) {
        if (now - expiredAt >= EXPIRE_NANOS) {
            expiredAt = now;
            replays.clear();
            audiences.all().forEach(Audience::letGo);
            log.expire();
        }
    }
}
