package dev.courant.hub;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The subscriptions whose time is limited, the next to end first. Used by their dispatcher's thread alone. */
final class Deadlines {

    private final TreeSet<Deadline> soonest = new TreeSet<>();
    private int numbers;

    void add(Subscription subscription) {
        if (subscription.endsAt != null) {
            subscription.deadline = new Deadline(subscription.endsAt, numbers++, subscription);
            soonest.add(subscription.deadline);
        }
    }

    void remove(Subscription subscription) {
        if (subscription.deadline != null) {
            soonest.remove(subscription.deadline);
        }
    }

    /** One whose time is over, or {@code null}. */
    @Nullable
    Subscription over(long now) {
        return soonest.isEmpty() || now - soonest.first().at < 0 ? null : soonest.first().subscription;
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
