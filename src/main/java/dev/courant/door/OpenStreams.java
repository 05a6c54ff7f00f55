package dev.courant.door;

import dev.courant.access.Access;
import dev.courant.event.Topic;
import dev.courant.stream.ResponseConnection;
import java.util.Set;

/** Records the streams of {@code /sse} that are open, as active subscriptions. For use by any thread. */
@FunctionalInterface
public interface OpenStreams {

    /** Records a stream until it ends. Call before the connection is subscribed, on the request's thread. */
    void record(Set<Topic> topics, Access access, ResponseConnection connection);
}
