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
    private final Map<StreamSink, CompletableFuture<Subscription>> subscriptions = new ConcurrentHashMap<>();
    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @param publisher publishes a broadcast event */
    TopicBroadcaster(Hub hub, Function<Event, CompletionStage<EventId>> publisher, Topic topic, Jsonb json) {
        this.hub = hub;
        this.publisher = publisher;
        this.topic = topic;
        this.json = json;
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
     * Subscribes a sink. The hub writes its response, from the event after the last one that the client has received. It
     * cannot use the sink of a server, whose {@code send} may block until the client reads.
     *
     * @throws IllegalStateException if the broadcaster is closed, or the sink is not a {@link StreamSink}
     */
    @Override
    public void register(SseEventSink sink) {
        checkOpen();
        if (!(sink instanceof StreamSink own)) {
            throw new IllegalStateException("The hub cannot write to a "
                    + sink.getClass().getName() + ". Clients subscribe to this topic at /sse/" + topic.name()
                    + "; a bean uses Hub.subscribe.");
        }
        CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        if (subscriptions.putIfAbsent(own, subscription) != null) {
            return;
        }
        // Not inside computeIfAbsent: if the hub is closed, it calls handleEnd before subscribe returns.
        try {
            subscription.complete(hub.subscribe(
                    TopicSelection.of(Set.of(topic)), own.request, own.connection, cause -> handleEnd(own, cause)));
        } catch (RuntimeException failed) {
            subscriptions.remove(own);
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

    private void handleEnd(StreamSink sink, @Nullable Throwable cause) {
        subscriptions.remove(sink);
        sink.markClosed();
        if (cause != null) {
            onError.forEach(listener -> callSafely(() -> listener.accept(sink, cause)));
        }
        onClose.forEach(listener -> callSafely(() -> listener.accept(sink)));
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
