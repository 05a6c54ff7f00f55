package dev.courant.stream;

import dev.courant.auth.AccessRights;
import dev.courant.event.Topic;
import java.util.Set;

/** A registry of the open streams of {@code /sse}, which are active subscriptions. Implementations are thread-safe. */
@FunctionalInterface
public interface StreamRegistry {

    /** Records a stream until it ends. Call this on the request thread, before the connection is subscribed. */
    void record(Set<Topic> topics, AccessRights access, ResponseConnection connection);
}
