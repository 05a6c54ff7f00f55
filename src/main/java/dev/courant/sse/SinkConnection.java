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
 * The connection of a sink whose response Courant does not control. It calls {@code send}, which may block, on an
 * executor of its own and never on a dispatcher. It sends one batch at a time.
 */
final class SinkConnection implements Connection {

    private final SseEventSink sink;
    private final Executor sending;
    private final Executor closing;
    private volatile @Nullable Listener listener;

    /** @param closing separate from {@code sending}, whose threads may be blocked until the sink is closed */
    SinkConnection(SseEventSink sink, Executor sending, Executor closing) {
        this.sink = sink;
        this.sending = sending;
        this.closing = closing;
    }

    @Override
    public void open(Listener listener) {
        this.listener = listener;
        listener.onWritable();
    }

    @Override
    public boolean write(Batch batch) {
        sending.execute(() -> send(batch));
        return false;
    }

    @Override
    public void close() {
        try {
            closing.execute(sink::close);
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
                // A control batch is sent as an empty comment: this sink never resumes, so only the sign of life
                // matters.
                await(new OutgoingEventBuilder().comment("").build());
            }
            for (LogEntry entry : batch.entries()) {
                await(event(entry));
            }
            current.onWritable();
        } catch (RuntimeException failed) {
            // Depending on the implementation, a closed sink throws or fails its stage.
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
