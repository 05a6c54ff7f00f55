package dev.courant.sse;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Hub;
import dev.courant.stream.ResponseConnection;
import dev.courant.stream.StreamRegistry;
import dev.courant.stream.TokenStreams;
import jakarta.enterprise.context.ApplicationScoped;
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
 * The resource of {@code GET /sse}, {@code GET /sse/{topic}} and {@code GET /sse?topic=a&topic=b}, which open streams.
 * {@link TopicFilter} has read the topics.
 */
@Path("/")
@ApplicationScoped
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
    private TokenStreams tokenStreams;

    @Inject
    private StreamRegistry streamRegistry;

    /**
     * Streams the topics in the query, or the random numbers if there are none.
     *
     * @param sink makes the JAX-RS implementation open a stream; the hub writes to its connection, not to the sink
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void streamQueryTopics(@Context HttpServletRequest request, @Context SseEventSink sink) {
        if (TopicFilter.topics(request).isEmpty()) {
            numbers.register(new ResponseSink(sink, registerStream(request, Set.of(sse.topic()))));
        } else {
            subscribe(request);
        }
    }

    /** Streams the topic in the path. The parameters are those of {@link #streamQueryTopics}. */
    @GET
    @Path("{topic: .+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void streamPathTopic(@Context HttpServletRequest request, @Context SseEventSink sink) {
        subscribe(request);
    }

    /**
     * Returns the headers of {@code GET} without a subscription. Without this method, some servers open a stream for
     * {@code HEAD}.
     */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    @HEAD
    @Path("{topic: .+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response headOfTopic() {
        return head();
    }

    private void subscribe(HttpServletRequest request) {
        Set<Topic> topics = new LinkedHashSet<>(TopicFilter.topics(request));
        ResponseConnection connection = registerStream(request, topics);
        TopicSelection selection = new TopicSelection(
                topics, Set.of(), AccessFilter.getRights(request).readableTopics());
        hub.subscribe(selection, connection.subscribeRequest(), connection, cause -> {});
    }

    private ResponseConnection registerStream(HttpServletRequest request, Set<Topic> topics) {
        ResponseConnection connection = ResponseConnection.of(request);
        AccessRights access = AccessFilter.getRights(request);
        tokenStreams.register(connection, access);
        streamRegistry.record(topics, access, connection);
        return connection;
    }
}
