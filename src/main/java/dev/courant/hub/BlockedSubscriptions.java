package dev.courant.hub;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those that can take no more for now, the longest first. Used by its dispatcher's thread alone. */
final class BlockedSubscriptions {

    /**
     * How many times as long a server may take until it first says that a stream can be written to. Some put that behind
     * the requests that wait for a thread, and when thousands come back at once, it is no client's fault.
     */
    private static final int START_FACTOR = 12;

    private final long stallNanos;
    private final Set<Subscription> starting = new LinkedHashSet<>();
    private final Set<Subscription> blocked = new LinkedHashSet<>();

    /** @param stall how long one may wait without taking a byte */
    BlockedSubscriptions(Duration stall) {
        stallNanos = stall.toNanos();
    }

    /** One that has just come. */
    void addNew(Subscription subscription, long now) {
        subscription.lastProgressAt = now;
        starting.add(subscription);
    }

    void add(Subscription subscription, long now) {
        subscription.lastProgressAt = now;
        blocked.add(subscription);
    }

    /** Some of what was written last was taken, not yet all. */
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

    /** One that has waited too long, {@code null} if none has. */
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
        return new SlowClientException("took no byte for " + stallNanos / 1_000_000 + " ms");
    }
}
