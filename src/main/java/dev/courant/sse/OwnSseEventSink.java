package dev.courant.sse;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A sink that was registered, as long as somebody else holds it. We write its response directly and need it no more, and
 * all that its request and response are to the JAX-RS implementation hangs on it: half as much again as the connection.
 */
final class OwnSseEventSink extends WeakReference<SseEventSink> {

    private final int hash;

    OwnSseEventSink(SseEventSink sink) {
        super(sink);
        hash = System.identityHashCode(sink);
    }

    /** The sink; if nobody has held it, hence nobody can tell the difference, one that is closed. */
    SseEventSink orClosed() {
        SseEventSink sink = get();
        return sink == null ? new Closed() : sink;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof OwnSseEventSink another && get() != null && get() == another.get());
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
            throw new IllegalStateException("the sink is closed");
        }

        @Override
        public void close() {}
    }
}
