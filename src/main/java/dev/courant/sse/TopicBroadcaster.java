package dev.courant.sse;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Connection;
import dev.courant.hub.Hub;
import dev.courant.hub.SubscribeRequest;
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
 * The standard's broadcaster over a topic of the hub: to register is to subscribe, to broadcast is to publish. Safe for
 * use by any thread; nothing here waits for a client. Several broadcasters of a topic reach the same clients.
 */
final class TopicBroadcaster implements SseBroadcaster {

    private static final Logger LOG = System.getLogger(TopicBroadcaster.class.getName());

    private final Hub hub;
    private final Function<Event, CompletionStage<EventId>> publishing;
    private final Topic topic;
    private final Jsonb json;
    private final Function<SseEventSink, Connection> foreign;
    private final Map<OwnSseEventSink, CompletableFuture<Subscription>> subscriptions = new ConcurrentHashMap<>();
    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * @param publishing what broadcasting an event does
     * @param foreign makes a connection of a sink whose response is not ours
     */
    TopicBroadcaster(
            Hub hub,
            Function<Event, CompletionStage<EventId>> publishing,
            Topic topic,
            Jsonb json,
            Function<SseEventSink, Connection> foreign) {
        this.hub = hub;
        this.publishing = publishing;
        this.topic = topic;
        this.json = json;
        this.foreign = foreign;
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> told) {
        refuseIfClosed();
        onError.add(told);
    }

    @Override
    public void onClose(Consumer<SseEventSink> told) {
        refuseIfClosed();
        onClose.add(told);
    }

    /**
     * Subscribes a sink. The response of a {@link ResponseSink} is written directly, and resumes after what the client has
     * seen. Any other sink is served by its {@code send}.
     */
    @Override
    public void register(SseEventSink sink) {
        refuseIfClosed();
        if (sink instanceof ResponseSink own) {
            subscribe(sink, own.connection(), own.connection().subscribeRequest());
        } else {
            subscribe(sink, foreign.apply(sink), SubscribeRequest.NEW);
        }
    }

    /**
     * Publishes an event to all who follow the topic. Its id is the hub's to give, and a comment has no place in a log.
     *
     * @return completes once the event is stored, with its id; fails if it could not be
     */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        refuseIfClosed();
        if (event.getData() == null) {
            throw new IllegalArgumentException("an event without data cannot be broadcast");
        }
        try {
            return publishing.apply(new Event(topic, event.getName(), text(event)));
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
        // A sink that is being registered is closed as soon as it is subscribed.
        subscriptions.values().forEach(subscription -> subscription.thenAccept(Subscription::close));
    }

    private void subscribe(SseEventSink sink, Connection connection, SubscribeRequest arrival) {
        OwnSseEventSink key = new OwnSseEventSink(sink);
        CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        if (subscriptions.putIfAbsent(key, subscription) != null) {
            return;
        }
        // Not inside computeIfAbsent: a hub that has closed calls ended before subscribe returns.
        try {
            subscription.complete(
                    hub.subscribe(TopicSelection.of(Set.of(topic)), arrival, connection, cause -> ended(key, cause)));
        } catch (RuntimeException failed) {
            subscriptions.remove(key);
            throw failed;
        }
        if (closed) {
            closeSinks(); // closed meanwhile, perhaps before this one was among those to close
        }
    }

    private String text(OutboundSseEvent event) {
        MediaType type = event.getMediaType();
        boolean asJson = MediaType.APPLICATION_JSON_TYPE.isCompatible(type) && !type.isWildcardSubtype();
        return asJson && !(event.getData() instanceof String)
                ? json.toJson(event.getData(), event.getGenericType())
                : String.valueOf(event.getData());
    }

    private void ended(OwnSseEventSink known, @Nullable Throwable cause) {
        subscriptions.remove(known);
        SseEventSink sink = known.orClosed();
        if (cause != null) {
            onError.forEach(told -> guarded(() -> told.accept(sink, cause)));
        }
        onClose.forEach(told -> guarded(() -> told.accept(sink)));
    }

    /** One listener's mistake is not the others'. */
    private static void guarded(Runnable tell) {
        try {
            tell.run();
        } catch (RuntimeException mistake) {
            LOG.log(Level.WARNING, "A listener of a broadcaster failed", mistake);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the broadcaster is closed");
        }
    }
}
