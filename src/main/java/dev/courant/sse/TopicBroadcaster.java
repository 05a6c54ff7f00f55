package dev.courant.sse;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Hub;
import dev.courant.hub.Subscription;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JAX-RS broadcaster for one topic of the hub: {@code register} subscribes, {@code broadcast} publishes. Two
 * broadcasters for the same topic reach the same clients. Thread-safe; no method waits for a client.
 */
final class TopicBroadcaster implements SseBroadcaster {

    private static final Logger LOG = System.getLogger(TopicBroadcaster.class.getName());

    private final Hub hub;
    private final Function<Event, CompletionStage<EventId>> publisher;
    private final Topic topic;
    private final Jsonb json;
    private final SinkOpener sinkOpener;
    private final Map<WeakReference<SseEventSink>, CompletableFuture<Subscription>> subscriptions =
            new ConcurrentHashMap<>();
    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @param publisher publishes a broadcast event */
    TopicBroadcaster(
            Hub hub,
            Function<Event, CompletionStage<EventId>> publisher,
            Topic topic,
            Jsonb json,
            SinkOpener sinkOpener) {
        this.hub = hub;
        this.publisher = publisher;
        this.topic = topic;
        this.json = json;
        this.sinkOpener = sinkOpener;
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        checkOpen();
        onError.add(listener);
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        checkOpen();
        onClose.add(listener);
    }

    /**
     * Subscribes the response of the current request. The hub writes it, from the event after the last one that the client
     * has received. It does not use the sink, whose {@code send} may block until the client reads.
     *
     * @param sink the sink that JAX-RS has injected for this request
     * @throws IllegalStateException if the broadcaster is closed, or the hub cannot write the response of the sink
     */
    @Override
    public void register(SseEventSink sink) {
        checkOpen();
        // A strong reference would retain the request and response objects of the JAX-RS implementation. They would
        // enlarge the memory of a connection by half.
        WeakReference<SseEventSink> reference = new WeakReference<>(sink);
        CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        // Before the subscription: if the hub is closed, it calls handleEnd before subscribe returns.
        subscriptions.put(reference, subscription);
        try {
            sinkOpener.open(
                    sink,
                    Set.of(topic),
                    (request, connection) -> subscription.complete(hub.subscribe(
                            TopicSelection.of(Set.of(topic)),
                            request,
                            connection,
                            cause -> handleEnd(reference, cause))));
        } catch (RuntimeException failed) {
            subscriptions.remove(reference);
            throw failed;
        }
        if (closed) {
            closeSinks(); // close() may have run before this sink was added
        }
    }

    /**
     * Publishes an event to all subscribers of the topic. The hub assigns the id. A comment is not published.
     *
     * @return completes with the id once the event is stored, or exceptionally if it could not be stored
     */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        checkOpen();
        if (event.getData() == null) {
            throw new IllegalArgumentException("The event has no data and cannot be broadcast");
        }
        try {
            return publisher.apply(new Event(topic, event.getName(), text(event)));
        } catch (IllegalStateException hubClosed) {
            return CompletableFuture.failedFuture(hubClosed);
        }
    }

    @Override
    public void close() {
        close(true);
    }

    @Override
    public void close(boolean cascading) {
        closed = true;
        if (cascading) {
            closeSinks();
        }
    }

    private void closeSinks() {
        for (CompletableFuture<Subscription> subscription : subscriptions.values()) {
            // If another thread is still registering the sink, that thread closes the subscription afterwards.
            var unused = subscription.thenAccept(Subscription::close);
        }
    }

    private String text(OutboundSseEvent event) {
        MediaType type = event.getMediaType();
        boolean asJson = MediaType.APPLICATION_JSON_TYPE.isCompatible(type) && !type.isWildcardSubtype();
        return asJson && !(event.getData() instanceof String)
                ? json.toJson(event.getData(), event.getGenericType())
                : String.valueOf(event.getData());
    }

    private void handleEnd(WeakReference<SseEventSink> reference, @Nullable Throwable cause) {
        subscriptions.remove(reference);
        SseEventSink registered = reference.get();
        SseEventSink sink = registered == null ? new ClosedSink() : registered;
        if (cause != null) {
            onError.forEach(listener -> callSafely(() -> listener.accept(sink, cause)));
        }
        onClose.forEach(listener -> callSafely(() -> listener.accept(sink)));
    }

    /** Takes the place of a sink that the application no longer references. */
    private record ClosedSink() implements SseEventSink {

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

    /** Keeps an exception of one listener from affecting the others. */
    private static void callSafely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "A listener of a broadcaster failed", failure);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The broadcaster is closed");
        }
    }
}
