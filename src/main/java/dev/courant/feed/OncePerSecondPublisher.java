package dev.courant.feed;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.hub.Hub;
import dev.courant.log.IdempotencyKey;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One event a second of a feed that every node has: each offers its own under the same key, and the log takes the first.
 * So no node has to be elected, and none is missed. It has to be called once a second; any thread.
 */
public final class OncePerSecondPublisher {

    /** No publisher's key has a control character, since a header has none. */
    private static final String KEY = "\nturn ";

    private static final int MOST_SECONDS_OFF = 5;

    private final Hub hub;
    private final LongSupplier millis;
    private final AtomicLong second;

    /** @param millis since 1970: the nodes' clocks are to agree within some seconds */
    public OncePerSecondPublisher(Hub hub, LongSupplier millis) {
        this.hub = hub;
        this.millis = millis;
        second = new AtomicLong(now());
    }

    /** Completes with the id of the event that was taken. */
    public CompletionStage<EventId> publish(Event event) {
        // Whatever it says, it counts as the same event.
        return hub.publish(event, new IdempotencyKey(KEY + second.getAndUpdate(this::next), "turn"));
    }

    /** Counted, so that it does not matter when in a second the call comes; unless time was lost, or the clock set. */
    private long next(long last) {
        long now = now();
        return Math.abs(now - last) > MOST_SECONDS_OFF ? now : last + 1;
    }

    private long now() {
        return millis.getAsLong() / 1000;
    }
}
