package dev.courant.sse;

import dev.courant.hub.Connection;
import dev.courant.hub.SubscribeRequest;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/**
 * The sink of a stream that Courant has opened. {@link TopicBroadcaster} subscribes its connection to the hub, which alone
 * writes to it.
 */
final class StreamSink implements SseEventSink {

    final SubscribeRequest request;
    final Connection connection;
    private volatile boolean closed;

    StreamSink(SubscribeRequest request, Connection connection) {
        this.request = request;
        this.connection = connection;
    }

    /** Records that the stream has ended. */
    void markClosed() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        throw new IllegalStateException("Only the hub writes to this stream. Broadcast the event, or publish it.");
    }

    @Override
    public void close() {
        connection.close();
    }
}
