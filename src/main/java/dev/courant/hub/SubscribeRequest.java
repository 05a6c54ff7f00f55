package dev.courant.hub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a new subscription.
 *
 * @param lastEventId the last id that the client claims to have seen, unvalidated; {@code null} if it named none
 * @param takesBlocksWithoutData whether the client can be sent an id without an event. Clients that report every block
 *     as an event are sent the id with the first event
 * @param visibleHeartbeats whether heartbeats are events, which a script can see, instead of comments
 * @param maxDuration the maximum duration of the stream, or {@code null} for no limit
 */
public record SubscribeRequest(
        @Nullable String lastEventId,
        boolean takesBlocksWithoutData,
        boolean visibleHeartbeats,
        @Nullable Duration maxDuration) {

    /** A request without a last event id, from a client that parses streams as the WHATWG standard requires. */
    public static final SubscribeRequest NEW = new SubscribeRequest(null, true, false, null);

    /** Returns this request with another last event id, unless it has one already. */
    public SubscribeRequest withDefaultLastEventId(@Nullable String defaultId) {
        return lastEventId == null
                ? new SubscribeRequest(defaultId, takesBlocksWithoutData, visibleHeartbeats, maxDuration)
                : this;
    }

    /** Returns this request with a maximum duration. */
    public SubscribeRequest withMaxDuration(Duration duration) {
        return new SubscribeRequest(lastEventId, takesBlocksWithoutData, visibleHeartbeats, duration);
    }
}
