package dev.courant.hub;

import dev.courant.event.WireFormat;
import java.time.Duration;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The subscriptions with a limited duration, ordered by deadline. Not thread-safe; used by the dispatcher thread only.
 */
final class DeadlineQueue {

    private final TreeSet<Deadline> deadlines = new TreeSet<>();
    private int nextNumber;

    void add(Subscription subscription) {
        Long at = subscription.announceExpiryAt == null ? subscription.endsAt : subscription.announceExpiryAt;
        if (at != null) {
            subscription.deadline = new Deadline(at, nextNumber++, subscription);
            deadlines.add(subscription.deadline);
        }
    }

    void remove(Subscription subscription) {
        if (subscription.deadline != null) {
            deadlines.remove(subscription.deadline);
        }
    }

    /**
     * Ends the subscriptions whose time has elapsed. If only the expiry notice of a token is due, adds the notice to
     * the control bytes.
     *
     * @param advance writes the control bytes of a subscription
     * @param end ends a subscription
     */
    void processDue(long now, Consumer<Subscription> advance, Consumer<Subscription> end) {
        while (!deadlines.isEmpty() && now - deadlines.first().at >= 0) {
            Subscription due = deadlines.first().subscription;
            remove(due);
            if (due.announceExpiryAt == null || due.endsAt == null) {
                end.accept(due);
            } else {
                long seconds =
                        Duration.ofNanos(due.endsAt - due.announceExpiryAt).toSeconds();
                due.addControl(Batch.control(WireFormat.tokenExpiring(seconds)));
                due.announceExpiryAt = null;
                add(due);
                advance.accept(due);
            }
        }
    }

    /** @param number makes deadlines at the same time distinct */
    record Deadline(long at, int number, Subscription subscription) implements Comparable<Deadline> {

        /** Compares by difference, because a monotonic clock may overflow. */
        @Override
        public int compareTo(Deadline other) {
            int order = Long.signum(at - other.at);
            return order == 0 ? Integer.signum(number - other.number) : order;
        }
    }
}
