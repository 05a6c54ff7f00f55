package dev.courant.sse;

import dev.courant.stream.ResponseConnection;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/** A sink with the connection under its response, to which the hub writes directly. */
record ResponseSink(SseEventSink sink, ResponseConnection connection) implements SseEventSink {

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        return sink.send(event);
    }

    @Override
    public void close() {
        sink.close();
    }
}
