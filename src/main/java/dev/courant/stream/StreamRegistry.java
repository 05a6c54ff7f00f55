package dev.courant.stream;

import dev.courant.auth.AccessRights;
import dev.courant.event.Topic;
import java.util.Set;

/** Records the streams of {@code /sse} that are open, as active subscriptions. For use by any thread. */
@FunctionalInterface
public interface StreamRegistry {

    /** Records a stream until it ends. Call before the connection is subscribed, on the request's thread. */
    void record(Set<Topic> topics, AccessRights access, ResponseConnection connection);
}
