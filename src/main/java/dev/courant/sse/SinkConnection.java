package dev.courant.sse;

import dev.courant.event.EventFrame;
import dev.courant.hub.Batch;
import dev.courant.hub.Connection;
import dev.courant.log.LogEntry;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a sink that is not a {@link ResponseSink}, so that only its {@code send} can reach the client.
 * {@code send} may block, so an executor calls it and never a dispatcher. One batch is sent at a time.
 */
final class SinkConnection implements Connection {

    private final SseEventSink sink;
    private final Executor sinkExecutor;
    private final Executor closeExecutor;
    private volatile @Nullable Listener listener;

    /** @param closeExecutor not the {@code sinkExecutor}, whose threads may all be blocked until a sink is closed */
    SinkConnection(SseEventSink sink, Executor sinkExecutor, Executor closeExecutor) {
        this.sink = sink;
        this.sinkExecutor = sinkExecutor;
        this.closeExecutor = closeExecutor;
    }

    @Override
    public void open(Listener listener) {
        this.listener = listener;
        listener.onWritable();
    }

    @Override
    public boolean write(Batch batch) {
        sinkExecutor.execute(() -> send(batch));
        return false;
    }

    @Override
    public void close() {
        try {
            closeExecutor.execute(sink::close);
        } catch (RejectedExecutionException stopping) {
            // The executor is shut down, and the server closes its sinks itself.
        }
    }

    private void send(Batch batch) {
        Listener current = listener;
        if (current == null) {
            return;
        }
        try {
            if (batch.entries().isEmpty()) {
                // A batch without entries is a heartbeat, for example. An empty comment keeps the connection open.
                // This sink needs no ids, since it never resumes.
                await(new OutgoingEventBuilder().comment("").build());
            }
            for (LogEntry entry : batch.entries()) {
                await(event(entry));
            }
            current.onWritable();
        } catch (RuntimeException failed) {
            // The send of a closed sink throws, or fails its stage, depending on the implementation.
            current.onClosed(
                    failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed);
        }
    }

    private void await(OutboundSseEvent event) {
        sink.send(event).toCompletableFuture().join();
    }

    private static OutboundSseEvent event(LogEntry entry) {
        EventFrame frame = EventFrame.read(entry.frame());
        OutboundSseEvent.Builder builder =
                new OutgoingEventBuilder().id(frame.id()).data(frame.data());
        if (frame.type() != null) {
            builder.name(frame.type());
        }
        if (frame.retry() != null) {
            builder.reconnectDelay(frame.retry().toMillis());
        }
        return builder.build();
    }
}
