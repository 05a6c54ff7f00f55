package dev.courant.hub;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those that can take no more for now, the longest first. Used by its dispatcher's thread alone. */
final class Unwritable {

    private final long stallNanos;
    private final Set<Subscription> waiting = new LinkedHashSet<>();

    /** @param stall how long one may wait without taking a byte */
    Unwritable(Duration stall) {
        stallNanos = stall.toNanos();
    }

    void add(Subscription subscription, long now) {
        subscription.changedAt = now;
        waiting.add(subscription);
    }

    /** Some of what was written last was taken, not yet all. */
    void progress(Subscription subscription, long now) {
        if (waiting.remove(subscription)) {
            add(subscription, now);
        }
    }

    void remove(Subscription subscription) {
        waiting.remove(subscription);
    }

    /** One that has waited too long, {@code null} if none has. */
    @Nullable
    Subscription stalled(long now) {
        if (waiting.isEmpty()) {
            return null;
        }
        Subscription longest = waiting.iterator().next();
        return now - longest.changedAt < stallNanos ? null : longest;
    }

    SlowClientException tooSlow() {
        return new SlowClientException("took no byte for " + stallNanos / 1_000_000 + " ms");
    }
}
