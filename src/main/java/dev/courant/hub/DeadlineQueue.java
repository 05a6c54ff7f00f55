package dev.courant.hub;

import dev.courant.event.WireFormat;
import java.time.Duration;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The subscriptions with a limited duration, ordered by their next deadline: the expiry notice, then the end. Not
 * thread-safe; used by the dispatcher thread only.
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
     * Ends the subscriptions that have reached their deadline, and writes the expiry notices that are due.
     *
     * @param advance writes the control bytes of a subscription, here the expiry notice
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

    /** @param number makes deadlines with the same time distinct, because the set must contain each of them */
    record Deadline(long at, int number, Subscription subscription) implements Comparable<Deadline> {

        /** Compares the difference of the times, because {@link System#nanoTime} may overflow. */
        @Override
        public int compareTo(Deadline other) {
            int order = Long.signum(at - other.at);
            return order == 0 ? Integer.signum(number - other.number) : order;
        }
    }
}
