package dev.courant.sse;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.hub.Hub;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The standard's entry to events and broadcasters, over the hub and apart from any request: all its broadcasters speak
 * to one topic. Safe for use by any thread.
 *
 * @param publishing what broadcasting an event does: {@link Hub#publish(Event)}, mostly
 * @param json turns data into text where its media type is JSON
 * @param sending a small pool to serve sinks that have no connection of ours
 * @param closing another, to close them
 */
public record TopicSse(
        Hub hub,
        Function<Event, CompletionStage<EventId>> publishing,
        Topic topic,
        Jsonb json,
        Executor sending,
        Executor closing)
        implements Sse {

    @Override
    public OutboundSseEvent.Builder newEventBuilder() {
        return new OutgoingEventBuilder();
    }

    @Override
    public SseBroadcaster newBroadcaster() {
        return new TopicBroadcaster(hub, publishing, topic, json, sink -> new SinkConnection(sink, sending, closing));
    }
}
