package dev.courant.hub;

import org.jspecify.annotations.Nullable;

/**
 * What a client brings with it.
 *
 * @param lastEventId what it has seen last, as it says itself, whatever that is; {@code null} if it says nothing
 * @param takesBlocksWithoutData whether it can be sent an id alone; to clients that take every block for an event it is
 *     sent with the first event
 */
public record Arrival(@Nullable String lastEventId, boolean takesBlocksWithoutData) {

    /** Someone who has seen nothing, and reads as the WHATWG standard says. */
    public static final Arrival NEW = new Arrival(null, true);
}
