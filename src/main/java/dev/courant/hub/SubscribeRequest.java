package dev.courant.hub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The parameters with which a client opens a stream, apart from the topics.
 *
 * @param lastEventId the last event id that the client sent, not validated; {@code null} if it sent none
 * @param takesBlocksWithoutData whether the client ignores a block without data, as the WHATWG standard requires. Other
 *     clients report it as an event, so they receive an id only with an event
 * @param visibleHeartbeats whether heartbeats are events, which a script can receive, instead of comments
 * @param maxDuration the maximum duration of the stream, or {@code null} for no limit
 */
public record SubscribeRequest(
        @Nullable String lastEventId,
        boolean takesBlocksWithoutData,
        boolean visibleHeartbeats,
        @Nullable Duration maxDuration) {

    /** A request without a last event id, from a client that implements the WHATWG standard. */
    public static final SubscribeRequest NEW = new SubscribeRequest(null, true, false, null);

    /** Returns this request, with the default as the last event id if it has none. */
    public SubscribeRequest withDefaultLastEventId(@Nullable String defaultId) {
        return lastEventId == null
                ? new SubscribeRequest(defaultId, takesBlocksWithoutData, visibleHeartbeats, maxDuration)
                : this;
    }
}
