package dev.courant.hub;

import dev.courant.event.WireFormat;
import java.time.Duration;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The subscriptions whose time is limited, the next to end first. Used by their dispatcher's thread alone. */
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
     * Ends the subscriptions whose time is over. Of those whose token expires soon, adds an announcement of it to their
     * control bytes.
     *
     * @param announced writes what was added
     * @param over ends a subscription
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

    /** @param number tells those apart that end at the same time */
    record Deadline(long at, int number, Subscription subscription) implements Comparable<Deadline> {

        /** By difference, as a monotonic clock may wrap round. */
        @Override
        public int compareTo(Deadline other) {
            int order = Long.signum(at - other.at);
            return order == 0 ? Integer.signum(number - other.number) : order;
        }
    }
}
