package dev.courant.sse;

import dev.courant.hub.Connection;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/** A sink of a JAX-RS implementation, to which the hub never writes. */
record FakeSink(Connection connection) implements SseEventSink {

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        throw new AssertionError("a dispatcher must not call this");
    }

    @Override
    public void close() {}
}
