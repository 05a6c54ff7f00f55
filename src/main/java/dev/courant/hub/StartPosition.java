package dev.courant.hub;

import dev.courant.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The position in the log at which a stream starts. All events after it follow, first the retained, then the new ones. */
public sealed interface StartPosition {

    /** The head of the log: the stream contains the events that are published from now on. */
    StartPosition HEAD = new Head();

    /** Returns the position after an id, or the head if it is {@code null}. */
    static StartPosition after(@Nullable String lastEventId) {
        return after(lastEventId, HEAD);
    }

    /** Returns the position after an id, or the default if there is no id. An empty id does not replace another default. */
    static StartPosition after(@Nullable String lastEventId, StartPosition defaultPosition) {
        return lastEventId == null || (lastEventId.isEmpty() && defaultPosition != HEAD)
                ? defaultPosition
                : new AfterId(lastEventId);
    }

    /** The type of {@link #HEAD}. */
    record Head() implements StartPosition {}

    /**
     * The position after the last event that a client received.
     *
     * @param lastEventId not validated; {@link Event#EARLIEST} stands for the position before the oldest retained event. An
     *     empty id stands for the head
     */
    record AfterId(String lastEventId) implements StartPosition {}

    /**
     * The position before the newest retained events of the selection.
     *
     * @param events their maximum number, 1 or more. The replay limit of the hub applies too
     */
    record Newest(int events) implements StartPosition {}

    /**
     * The position before the retained events of the selection that were stored at this time or later. If they exceed the
     * replay limit of the hub, the stream starts with a gap event and the newest of them.
     */
    record Since(Instant time) implements StartPosition {}
}
