package dev.courant.sse;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A weak reference to a registered sink, compared by identity. The hub writes the response of a {@link ResponseSink}
 * directly and needs no sink. A strong reference would retain the request and response objects of the JAX-RS
 * implementation. They would enlarge the memory of a connection by half.
 */
final class SinkReference extends WeakReference<SseEventSink> {

    private final int hash;

    SinkReference(SseEventSink sink) {
        super(sink);
        hash = System.identityHashCode(sink);
    }

    /** Returns the sink, or a closed one if the application no longer references it. */
    SseEventSink getOrClosed() {
        SseEventSink sink = get();
        return sink == null ? new Closed() : sink;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof SinkReference another && get() != null && get() == another.get());
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private record Closed() implements SseEventSink {

        @Override
        public boolean isClosed() {
            return true;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            throw new IllegalStateException("The sink is closed");
        }

        @Override
        public void close() {}
    }
}
