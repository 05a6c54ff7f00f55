package dev.courant.simulation;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.log.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/** An event that a publisher sends once, or several times with the same idempotency key. */
final class Publication {

    /** The response that the publisher received last. */
    enum Outcome {
        PENDING,
        ACKNOWLEDGED,
        REFUSED,
        /** The server ended before it responded. */
        UNKNOWN
    }

    final int number;
    final Event event;
    final @Nullable IdempotencyKey key;
    final long firstSentAt;
    Outcome outcome = Outcome.PENDING;
    long sentAt; // nanoseconds since the start of the simulation
    int refusedInLife = -1; // the last process that refused it, if it was not sent again
    int inFlight;
    boolean reusesKey; // whether another event has the key, so that it must be refused

    @Nullable
    EventId acknowledgedAs;

    Publication(int number, Event event, @Nullable IdempotencyKey key, long now) {
        this.number = number;
        this.event = event;
        this.key = key;
        firstSentAt = now;
        sentAt = now;
    }

    /** Returns the number in the data of an event. */
    static int numberIn(String data) {
        int end = data.indexOf(' ');
        return Integer.parseInt(data.substring(0, end < 0 ? data.length() : end));
    }

    @Override
    public String toString() {
        return "publication " + number + " "
                + event.topics().stream().map(topic -> topic.name()).toList() + (event.restricted() ? " private" : "")
                + (key == null ? "" : " key " + key.key());
    }
}
