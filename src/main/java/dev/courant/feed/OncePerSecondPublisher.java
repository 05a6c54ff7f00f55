package dev.courant.feed;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.hub.Hub;
import dev.courant.log.IdempotencyKey;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A publisher of one event a second for a feed that runs on every node. Each node publishes its event with the same
 * idempotency key, and the log stores the first. So the nodes elect no leader, and the feed continues if one fails.
 * Call {@link #publish} once a second. Thread-safe.
 */
public final class OncePerSecondPublisher {

    /** The start of a key that no client can send, since a header has no control characters. */
    private static final String KEY_PREFIX = "\nturn ";

    private static final int MAX_DRIFT_SECONDS = 5;

    private final Hub hub;
    private final LongSupplier millis;
    private final AtomicLong second;

    /** @param millis the time since 1970 in milliseconds; the clocks of all nodes must agree within 5 seconds */
    public OncePerSecondPublisher(Hub hub, LongSupplier millis) {
        this.hub = hub;
        this.millis = millis;
        second = new AtomicLong(now());
    }

    /**
     * Publishes the event of the next second. The stage completes with the id of the stored event, which may be that of
     * another node.
     */
    public CompletionStage<EventId> publish(Event event) {
        // The digest is constant, so events of different nodes count as the same event.
        return hub.publish(event, new IdempotencyKey(KEY_PREFIX + second.getAndUpdate(this::nextSecond), "turn"));
    }

    /**
     * Returns the next second. Counting makes the time of a call within a second irrelevant. After a pause or a change
     * of the clock, it starts again from the clock.
     */
    private long nextSecond(long last) {
        long now = now();
        return Math.abs(now - last) > MAX_DRIFT_SECONDS ? now : last + 1;
    }

    private long now() {
        return millis.getAsLong() / 1000;
    }
}
