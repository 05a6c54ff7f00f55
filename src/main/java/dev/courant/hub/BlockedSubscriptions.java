package dev.courant.hub;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
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

    /** Adds a new subscription, whose connection has not been writable yet. */
    void addNew(Subscription subscription, long now) {
        subscription.lastProgressAt = now;
        starting.add(subscription);
    }

    void add(Subscription subscription, long now) {
        subscription.lastProgressAt = now;
        blocked.add(subscription);
    }

    /** Restarts the timeout of a subscription whose client accepted a part of the last write. */
    void restartTimeout(Subscription subscription, long now) {
        if (removeFromAll(subscription)) {
            add(subscription, now);
        }
    }

    void remove(Subscription subscription) {
        removeFromAll(subscription);
    }

    private boolean removeFromAll(Subscription subscription) {
        return blocked.remove(subscription) || starting.remove(subscription);
    }

    /** Returns a subscription that has been blocked for too long, or {@code null}. */
    @Nullable
    Subscription findStalled(long now) {
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

    SlowClientException newTimeoutException() {
        return new SlowClientException("The client accepted no byte for " + stallNanos / 1_000_000 + " ms.");
    }
}
