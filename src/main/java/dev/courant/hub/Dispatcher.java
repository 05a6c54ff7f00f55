package dev.courant.hub;

import dev.courant.event.WireFormat;
import dev.courant.log.Entry;
import dev.courant.log.EventLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves the cursors of its share of the subscriptions. All of its state belongs to the one thread that calls
 * {@link #turn}, so none of it is locked; other threads hand in work by {@link #execute}. It never blocks: a connection
 * that can take no more is left alone until it says that it can.
 */
final class Dispatcher {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private static final Batch HEARTBEAT = Batch.control(WireFormat.heartbeat());

    private final EventLog log;
    private final LongSupplier nanoTime;
    private final long heartbeatNanos;
    private final long stallNanos;
    private final Runnable wake;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

    private final Audiences audiences;
    private final Roster roster;
    private final Set<Subscription> waiting = new LinkedHashSet<>(); // not writable, the longest first
    private final Deque<Audience> touched = new ArrayDeque<>();
    private long tailed; // every entry up to here has been handed to its audiences
    private long expiredAt;
    private boolean draining;

    /** @param wake makes the thread that calls {@link #turn} call it soon */
    Dispatcher(EventLog log, Timing timing, LongSupplier nanoTime, Runnable wake) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.wake = wake;
        heartbeatNanos = timing.heartbeat().toNanos();
        stallNanos = timing.stall().toNanos();
        audiences = new Audiences(log);
        tailed = log.head();
        expiredAt = nanoTime.getAsLong();
        roster = new Roster(heartbeatNanos, expiredAt);
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
        boolean more = tail();
        endStalled();
        beat();
        expire();
        return more;
    }

    // ---- on the dispatcher's thread, by way of execute ----

    void add(Subscription subscription) {
        audiences.join(subscription, tailed);
        roster.add(subscription);
        subscription.changedAt = nanoTime.getAsLong();
        waiting.add(subscription);
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

    void end(Subscription subscription, @Nullable Throwable cause) {
        if (subscription.over) {
            return;
        }
        subscription.over = true;
        waiting.remove(subscription);
        audiences.leave(subscription);
        roster.remove(subscription);
        try {
            if (cause == null && subscription.writable) {
                subscription.connection.close();
            } else {
                subscription.connection.abort();
            }
            subscription.tellEnded(cause);
        } catch (RuntimeException | Error unexpected) {
            // Of the server's or of whoever is told: nobody else's delivery may suffer from it.
            LOG.log(Level.WARNING, "The end of a stream failed", unexpected);
        }
    }

    void drain() {
        draining = true;
        boolean more = true;
        while (more) {
            more = tail();
        }
        for (Subscription subscription : roster.all()) {
            advance(subscription);
            end(subscription, null);
        }
    }

    // ---- delivery ----

    private boolean tail() {
        long before = tailed;
        int bytes = 0;
        Entry entry = log.next(tailed);
        while (log.holds(tailed) && entry != null && bytes < Audience.BATCH_BYTES) {
            for (Audience audience : audiences.listening(entry.event().topic())) {
                if (audience.add(entry)) {
                    touched.add(audience);
                }
            }
            bytes += entry.frame().length;
            tailed = entry.offset();
            entry = log.next(tailed);
        }
        if (!log.holds(tailed)) {
            catchUpAfterLoss();
            return true;
        }
        touched.forEach(audience -> audience.seal(before));
        for (Audience audience = touched.poll(); audience != null; audience = touched.poll()) {
            // From the end, since one that breaks is taken out by putting the last in its place.
            for (int i = audience.subscriptions.size() - 1; i >= 0; i--) {
                advance(audience.subscriptions.get(i));
            }
        }
        return entry != null;
    }

    /** Publishers were faster than this thread by a whole window. Who lost nothing reads on; the others are let go of. */
    private void catchUpAfterLoss() {
        tailed = log.head();
        touched.clear();
        audiences.all().forEach(audience -> audience.lost(tailed));
        roster.all().forEach(this::advance);
    }

    /** Writes what lies between the cursor and the head, then moves the cursor: live, replay and catching up alike. */
    private void advance(Subscription subscription) {
        Audience audience = subscription.audience;
        subscription.cursor = audience.settled(subscription.cursor);
        if (subscription.writable && subscription.opening != null) {
            Batch opening = subscription.opening;
            subscription.opening = null;
            write(subscription, opening);
        }
        try {
            while (subscription.writable) {
                Batch batch = audience.after(subscription.cursor);
                if (batch == null) {
                    subscription.cursor = Math.max(subscription.cursor, audience.tip());
                    return;
                }
                subscription.cursor = batch.last();
                write(subscription, batch);
            }
        } catch (SlowClientException tooSlow) {
            end(subscription, tooSlow);
        }
    }

    private void write(Subscription subscription, Batch batch) {
        try {
            subscription.changedAt = nanoTime.getAsLong();
            if (!subscription.connection.write(batch)) {
                subscription.writable = false;
                waiting.add(subscription);
            }
        } catch (IOException | RuntimeException broken) {
            // A container may throw anything from a stream whose client is gone.
            subscription.writable = false;
            end(subscription, broken);
        }
    }

    // ---- time ----

    private void endStalled() {
        long now = nanoTime.getAsLong();
        while (!waiting.isEmpty()) {
            Subscription longest = waiting.iterator().next();
            if (now - longest.changedAt < stallNanos) {
                return;
            }
            end(longest, new SlowClientException("took no byte for " + stallNanos / 1_000_000 + " ms"));
        }
    }

    private void beat() {
        long now = nanoTime.getAsLong();
        roster.goRound(now, subscription -> {
            if (subscription.writable && now - subscription.changedAt >= heartbeatNanos / 2) {
                write(subscription, HEARTBEAT);
            }
        });
    }

    /** A log that nothing is published to forgets too. */
    private void expire() {
        long now = nanoTime.getAsLong();
        if (now - expiredAt >= heartbeatNanos) {
            expiredAt = now;
            log.expire();
        }
    }
}
