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
 * A sink whose response is not ours, served by {@code send}. That may block, so it is done on a pool of its own and
 * never on a dispatcher: one batch at a time, the next when it has been sent.
 */
final class SinkConnection implements Connection {

    private final SseEventSink sink;
    private final Executor sending;
    private final Executor closing;
    private volatile @Nullable Listener listener;

    /** @param closing apart from sending, whose threads may all be blocked by what closing would free */
    SinkConnection(SseEventSink sink, Executor sending, Executor closing) {
        this.sink = sink;
        this.sending = sending;
        this.closing = closing;
    }

    @Override
    public void open(Listener told) {
        listener = told;
        told.onWritable();
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
            // The pool is closing, and the server closes its sinks itself.
        }
    }

    private void send(Batch batch) {
        Listener told = listener;
        if (told == null) {
            return;
        }
        try {
            if (batch.entries().isEmpty()) {
                // Of the hub's own blocks only the sign of life means something to a sink that never resumes.
                await(new OutgoingEventBuilder().comment("").build());
            }
            for (LogEntry entry : batch.entries()) {
                await(event(entry));
            }
            told.onWritable();
        } catch (RuntimeException failed) {
            // A closed sink throws or fails its stage, as the implementation likes.
            told.onClosed(
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
