package dev.courant.event;

import org.jspecify.annotations.Nullable;

/** The kind of an entry of the log: an event of a publisher, or the end of its topics. */
public enum EventKind {
    /** An event that a publisher chose. */
    EVENT(null),
    /** The last event of its topics. While it is retained, no other event can be published to them. */
    END("end");

    private final @Nullable String type;

    EventKind(@Nullable String type) {
        this.type = type;
    }

    /** Returns the event type of all entries of this kind, which is reserved; {@code null} if the publisher chooses it. */
    public @Nullable String type() {
        return type;
    }
}
