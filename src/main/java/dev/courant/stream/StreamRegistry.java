package dev.courant.stream;

import dev.courant.auth.AccessRights;
import dev.courant.event.Topic;
import java.util.Set;

/**
 * A registry that lists the open streams of {@code /sse} among the active subscriptions of the Mercure protocol.
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface StreamRegistry {

    /** Registers a stream until it ends. Call this on the request thread, before the connection is subscribed. */
    void register(Set<Topic> topics, AccessRights access, ResponseConnection connection);
}
