package dev.courant.hub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The parameters with which a client opens a stream, apart from the topics.
 *
 * @param start the position at which the stream starts
 * @param takesBlocksWithoutData whether the client ignores a block without data, as the WHATWG standard requires. Other
 *     clients report it as an event, so they receive an id only with an event
 * @param visibleHeartbeats whether heartbeats are events, which a script can receive, instead of comments
 * @param maxDuration the maximum duration of the stream, or {@code null} for no limit
 * @param format the form of the events
 */
public record SubscribeRequest(
        StartPosition start,
        boolean takesBlocksWithoutData,
        boolean visibleHeartbeats,
        @Nullable Duration maxDuration,
        StreamFormat format) {

    /** A request that starts at the head, from a client that implements the WHATWG standard. */
    public static final SubscribeRequest NEW = startingAt(StartPosition.HEAD);

    /** Returns a request of a client that implements the WHATWG standard. */
    public static SubscribeRequest startingAt(StartPosition start) {
        return new SubscribeRequest(start, true, false, null, StreamFormat.PLAIN);
    }

    /** Returns this request with another format of the events. */
    public SubscribeRequest inFormat(StreamFormat other) {
        return new SubscribeRequest(start, takesBlocksWithoutData, visibleHeartbeats, maxDuration, other);
    }

    /** Returns whether the client sent a last event id, which may be empty. */
    public boolean hasLastEventId() {
        return start instanceof StartPosition.AfterId;
    }

    /** Returns this request, with the default as the last event id if it has none. */
    public SubscribeRequest withDefaultLastEventId(@Nullable String defaultId) {
        StartPosition after = StartPosition.after(defaultId, start);
        return hasLastEventId()
                ? this
                : new SubscribeRequest(after, takesBlocksWithoutData, visibleHeartbeats, maxDuration, format);
    }
}
