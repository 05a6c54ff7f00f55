package dev.courant.hub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client brings with it.
 *
 * @param lastEventId what it has seen last, as it says itself, whatever that is; {@code null} if it says nothing
 * @param takesBlocksWithoutData whether it can be sent an id alone; to clients that report every block as an event it is
 *     sent with the first event
 * @param visibleHeartbeats whether heartbeats are events, which a script can see, instead of comments
 * @param stay how long it may stay at the most, {@code null} for as long as anybody
 */
public record SubscribeRequest(
        @Nullable String lastEventId,
        boolean takesBlocksWithoutData,
        boolean visibleHeartbeats,
        @Nullable Duration maxDuration) {

    /** Someone who has seen nothing, and reads as the WHATWG standard says. */
    public static final SubscribeRequest NEW = new SubscribeRequest(null, true, false, null);

    /** The same, with what it has seen last said in another way; what is said already wins. */
    public SubscribeRequest withDefaultLastEventId(@Nullable String defaultId) {
        return lastEventId == null
                ? new SubscribeRequest(defaultId, takesBlocksWithoutData, visibleHeartbeats, maxDuration)
                : this;
    }

    /** The same, for a time at the most. */
    public SubscribeRequest withMaxDuration(Duration duration) {
        return new SubscribeRequest(lastEventId, takesBlocksWithoutData, visibleHeartbeats, duration);
    }
}
