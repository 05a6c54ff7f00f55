package dev.courant.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All subscriptions of one dispatcher, and the one timer that goes round them. Used by the dispatcher's thread alone, but
 * for {@link #size}.
 */
final class SubscriptionTimer {

    private final List<Subscription> subscriptions = new ArrayList<>();
    private final long roundNanos;
    private long lastVisitAt;
    private int position; // where the round has come to
    private volatile int size;

    /** @param roundNanos how long it takes to go round all once */
    SubscriptionTimer(long roundNanos, long now) {
        this.roundNanos = roundNanos;
        lastVisitAt = now;
    }

    /** Any thread. */
    int size() {
        return size;
    }

    /** As it is now; may be changed while the answer is gone through. */
    List<Subscription> copy() {
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

    /** Meets the share that is due: each once in a round, a few at a time, so that no two peaks meet. */
    void visitDue(long now, Consumer<Subscription> visitor) {
        int count = subscriptions.size();
        long due = count == 0 ? 0 : (now - lastVisitAt) * count / roundNanos;
        if (count == 0 || due >= count) {
            lastVisitAt = now;
        } else if (due > 0) {
            lastVisitAt += due * roundNanos / count;
        }
        for (long i = Math.min(due, count); i > 0 && !subscriptions.isEmpty(); i--) {
            position = (position + 1) % subscriptions.size();
            visitor.accept(subscriptions.get(position));
        }
    }
}
