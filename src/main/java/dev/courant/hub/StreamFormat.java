package dev.courant.hub;

import dev.courant.event.EventEnvelope;

/** The form in which a stream contains its events. The hub's own events, for example a gap, have the same form in each. */
public enum StreamFormat {
    /** The data and the type as they were published. */
    PLAIN,
    /** An {@link EventEnvelope}: one line of JSON with the id, the topics, the type, the time and the data. */
    JSON
}
