package dev.courant.hub;

import dev.courant.event.WireFormat;
import java.time.Duration;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The subscriptions whose time is limited, the next to end first. Used by their dispatcher's thread alone. */
final class DeadlineQueue {

    private final TreeSet<Deadline> soonest = new TreeSet<>();
    private int numbers;

    void add(Subscription subscription) {
        Long at = subscription.announcesEndAt == null ? subscription.endsAt : subscription.announcesEndAt;
        if (at != null) {
            subscription.deadline = new Deadline(at, numbers++, subscription);
            soonest.add(subscription.deadline);
        }
    }

    void remove(Subscription subscription) {
        if (subscription.deadline != null) {
            soonest.remove(subscription.deadline);
        }
    }

    /**
     * Ends the subscriptions whose time is over. Of those whose token expires soon, adds an announcement of it to their
     * control bytes.
     *
     * @param announced writes what was added
     * @param over ends a subscription
     */
    void pass(long now, Consumer<Subscription> announced, Consumer<Subscription> over) {
        while (!soonest.isEmpty() && now - soonest.first().at >= 0) {
            Subscription due = soonest.first().subscription;
            remove(due);
            if (due.announcesEndAt == null || due.endsAt == null) {
                over.accept(due);
            } else {
                long seconds = Duration.ofNanos(due.endsAt - due.announcesEndAt).toSeconds();
                due.addControl(Batch.control(WireFormat.tokenExpiring(seconds)));
                due.announcesEndAt = null;
                add(due);
                announced.accept(due);
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
