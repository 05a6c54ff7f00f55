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
import java.util.function.Function;

/**
 * The JAX-RS factory of events and broadcasters, for use outside requests. All its broadcasters publish to one topic.
 * Thread-safe.
 *
 * @param publisher publishes a broadcast event, for example {@link Hub#publish(Event)}
 * @param json converts data with a JSON media type to text
 * @param sinkOpener opens the responses of registered sinks
 */
public record TopicSse(
        Hub hub, Function<Event, CompletionStage<EventId>> publisher, Topic topic, Jsonb json, SinkOpener sinkOpener)
        implements Sse {

    @Override
    public OutboundSseEvent.Builder newEventBuilder() {
        return new OutgoingEventBuilder();
    }

    @Override
    public SseBroadcaster newBroadcaster() {
        return new TopicBroadcaster(hub, publisher, topic, json, sinkOpener);
    }
}
