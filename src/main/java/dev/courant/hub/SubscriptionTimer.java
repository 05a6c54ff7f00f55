package dev.courant.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All subscriptions of one dispatcher, and the timer that visits each of them once in a period. Not thread-safe; used
 * by the dispatcher thread only, except for {@link #size}.
 */
final class SubscriptionTimer {

    private final List<Subscription> subscriptions = new ArrayList<>();
    private final long periodNanos;
    private long lastVisitAt;
    private int lastVisited; // the index of the last visited subscription
    private volatile int size;

    /** @param periodNanos the period in which every subscription is visited once */
    SubscriptionTimer(long periodNanos, long now) {
        this.periodNanos = periodNanos;
        lastVisitAt = now;
    }

    /** Thread-safe. */
    int size() {
        return size;
    }

    /** Returns a copy, so that callers may add and remove subscriptions while iterating. */
    List<Subscription> copySubscriptions() {
        return List.copyOf(subscriptions);
    }

    void add(Subscription subscription) {
        subscription.indexInDispatcher = subscriptions.size();
        subscriptions.add(subscription);
        size = subscriptions.size();
    }

    void remove(Subscription subscription) {
        Subscription last = subscriptions.remove(subscriptions.size() - 1);
        if (last != subscription) {
            subscriptions.set(subscription.indexInDispatcher, last);
            last.indexInDispatcher = subscription.indexInDispatcher;
        }
        size = subscriptions.size();
    }

    /**
     * Visits the subscriptions that are due. The visits are spread evenly over the period, so that heartbeats are not
     * written in bursts.
     */
    void visitDue(long now, Consumer<Subscription> visitor) {
        int count = subscriptions.size();
        long due = count == 0 ? 0 : (now - lastVisitAt) * count / periodNanos;
        if (count == 0 || due >= count) {
            lastVisitAt = now;
        } else if (due > 0) {
            lastVisitAt += due * periodNanos / count;
        }
        for (long i = Math.min(due, count); i > 0 && !subscriptions.isEmpty(); i--) {
            lastVisited = (lastVisited + 1) % subscriptions.size();
            visitor.accept(subscriptions.get(lastVisited));
        }
    }
}
