package dev.courant.sse;

import dev.courant.event.Topic;
import dev.courant.hub.Connection;
import dev.courant.hub.SubscribeRequest;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.function.BiConsumer;

/** Opens the response of a sink as a stream that the hub writes. */
@FunctionalInterface
public interface SinkOpener {

    /**
     * Opens the response of the current request.
     *
     * @param sink the sink that JAX-RS has injected for this request
     * @param topics the topics of the stream
     * @param subscriber subscribes the connection to the hub
     * @throws IllegalStateException if the hub cannot write the response, or writes it already
     */
    void open(SseEventSink sink, Set<Topic> topics, BiConsumer<SubscribeRequest, Connection> subscriber);
}
