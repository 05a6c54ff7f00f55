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
    private static final int OPENING = 12;

    private final long stallNanos;
    private final Set<Subscription> opening = new LinkedHashSet<>();
    private final Set<Subscription> waiting = new LinkedHashSet<>();

    /** @param stall how long one may wait without taking a byte */
    BlockedSubscriptions(Duration stall) {
        stallNanos = stall.toNanos();
    }

    /** One that has just come. */
    void arrive(Subscription subscription, long now) {
        subscription.changedAt = now;
        opening.add(subscription);
    }

    void add(Subscription subscription, long now) {
        subscription.changedAt = now;
        waiting.add(subscription);
    }

    /** Some of what was written last was taken, not yet all. */
    void progress(Subscription subscription, long now) {
        if (forget(subscription)) {
            add(subscription, now);
        }
    }

    void remove(Subscription subscription) {
        forget(subscription);
    }

    private boolean forget(Subscription subscription) {
        return waiting.remove(subscription) || opening.remove(subscription);
    }

    /** One that has waited too long, {@code null} if none has. */
    @Nullable
    Subscription stalled(long now) {
        Subscription stalled = longest(waiting, now - stallNanos);
        return stalled == null ? longest(opening, now - OPENING * stallNanos) : stalled;
    }

    private static @Nullable Subscription longest(Set<Subscription> some, long since) {
        if (some.isEmpty()) {
            return null;
        }
        Subscription longest = some.iterator().next();
        return since - longest.changedAt < 0 ? null : longest;
    }

    SlowClientException tooSlow() {
        return new SlowClientException("took no byte for " + stallNanos / 1_000_000 + " ms");
    }
}
