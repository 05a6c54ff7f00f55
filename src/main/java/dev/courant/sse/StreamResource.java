package dev.courant.sse;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Hub;
import dev.courant.stream.ResponseConnection;
import dev.courant.stream.StreamRegistry;
import dev.courant.stream.TokenStreams;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * {@code GET /sse}, {@code GET /sse/{topic}}, {@code GET /sse?topic=a&topic=b}: streams, for as long as clients stay.
 * {@link TopicFilter} has read the topics.
 */
@Path("/")
@RequestScoped
public class StreamResource {

    @Inject
    @Named("numbers")
    private SseBroadcaster numbers;

    @Inject
    @Named("courant")
    private TopicSse sse;

    @Inject
    private Hub hub;

    @Inject
    private TokenStreams visits;

    @Inject
    private StreamRegistry openStreams;

    /** @param sink opens the stream, as the standard says; its bytes are the hub's to write */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void several(@Context HttpServletRequest request, @Context SseEventSink sink) {
        if (TopicFilter.topics(request).isEmpty()) {
            numbers.register(new ResponseSink(sink, enter(request, Set.of(sse.topic()))));
        } else {
            subscribe(request);
        }
    }

    /** One topic, in the path. The parameters are those of {@link #several}. */
    @GET
    @Path("{topic: .+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void one(@Context HttpServletRequest request, @Context SseEventSink sink) {
        subscribe(request);
    }

    /** What {@code GET} would say of itself; registers nobody. Without it some servers open a stream for it. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    /** As {@link #head()}. */
    @HEAD
    @Path("{topic: .+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response headOfOne() {
        return head();
    }

    private void subscribe(HttpServletRequest request) {
        Set<Topic> topics = new LinkedHashSet<>(TopicFilter.topics(request));
        ResponseConnection connection = enter(request, topics);
        TopicSelection selection = new TopicSelection(
                topics, Set.of(), AccessFilter.getRights(request).readableTopics());
        hub.subscribe(selection, connection.subscribeRequest(), connection, cause -> {});
    }

    private ResponseConnection enter(HttpServletRequest request, Set<Topic> topics) {
        ResponseConnection connection = ResponseConnection.of(request);
        AccessRights access = AccessFilter.getRights(request);
        visits.register(connection, access);
        openStreams.record(topics, access, connection);
        return connection;
    }
}
