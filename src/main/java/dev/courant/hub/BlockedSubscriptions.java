package dev.courant.hub;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions whose connections cannot take more bytes, in the order in which they were blocked. Not thread-safe;
 * used by the dispatcher thread only.
 */
final class BlockedSubscriptions {

    /**
     * The number of stall timeouts within which the server must report a new stream as writable. Some servers queue this report
     * behind requests that wait for a thread. If thousands of clients reconnect at once, it can be late although the
     * client reads.
     */
    private static final int START_FACTOR = 12;

    private final long stallNanos;
    private final Set<Subscription> starting = new LinkedHashSet<>();
    private final Set<Subscription> blocked = new LinkedHashSet<>();

    /** @param stall how long a connection may accept no byte */
    BlockedSubscriptions(Duration stall) {
        stallNanos = stall.toNanos();
    }

    /** Starts the timeout of a subscription that has just been created or blocked. */
    void add(Subscription subscription, long now) {
        subscription.lastProgressAt = now;
        (subscription.state() == SubscriptionState.STARTING ? starting : blocked).add(subscription);
    }

    void remove(Subscription subscription) {
        if (!blocked.remove(subscription)) {
            starting.remove(subscription);
        }
    }

    /** Ends the subscriptions that have been blocked for too long. */
    void endStalled(long now, BiConsumer<Subscription, SlowClientException> end) {
        for (Subscription stalled = findStalled(now); stalled != null; stalled = findStalled(now)) {
            end.accept(
                    stalled,
                    new SlowClientException("The client accepted no byte for " + stallNanos / 1_000_000 + " ms."));
        }
    }

    private @Nullable Subscription findStalled(long now) {
        Subscription stalled = findBlockedSince(blocked, now - stallNanos);
        return stalled == null ? findBlockedSince(starting, now - START_FACTOR * stallNanos) : stalled;
    }

    private static @Nullable Subscription findBlockedSince(Set<Subscription> subscriptions, long since) {
        if (subscriptions.isEmpty()) {
            return null;
        }
        Subscription longest = subscriptions.iterator().next();
        return since - longest.lastProgressAt < 0 ? null : longest;
    }
}
