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
    private long wentAt;
    private int hand; // where the round has come to
    private volatile int size;

    /** @param roundNanos how long it takes to go round all once */
    SubscriptionTimer(long roundNanos, long now) {
        this.roundNanos = roundNanos;
        wentAt = now;
    }

    /** Any thread. */
    int size() {
        return size;
    }

    /** As it is now; may be changed while the answer is gone through. */
    List<Subscription> all() {
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
    void goRound(long now, Consumer<Subscription> meet) {
        int all = subscriptions.size();
        long due = all == 0 ? 0 : (now - wentAt) * all / roundNanos;
        if (all == 0 || due >= all) {
            wentAt = now;
        } else if (due > 0) {
            wentAt += due * roundNanos / all;
        }
        for (long i = Math.min(due, all); i > 0 && !subscriptions.isEmpty(); i--) {
            hand = (hand + 1) % subscriptions.size();
            meet.accept(subscriptions.get(hand));
        }
    }
}
