package dev.courant.sse;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Connection;
import dev.courant.hub.Hub;
import dev.courant.hub.SubscribeRequest;
import dev.courant.stream.StreamOpener;
import dev.courant.stream.StreamRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;

/**
 * The resource of {@code GET /sse}, {@code GET /sse/{topic}} and {@code GET /sse?topic=a&topic=b}, which open streams.
 * The numbers use the standard API, so {@code /sse} takes a sink. Its query shares the method, because JAX-RS chooses by
 * the path. A topic in the path takes no sink, which saves the wrappers of {@link SinkExchange} for each stream.
 */
@Path("/")
@ApplicationScoped
public class StreamResource {

    @Inject
    @Named("numbers")
    private SseBroadcaster numbers;

    @Inject
    private Hub hub;

    @Inject
    private StreamOpener opener;

    @Inject
    private SinkOpener sinkOpener;

    @Inject
    private StreamRegistry registry;

    /** Streams the topics in the query, or the random numbers if there are none. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void streamQueryTopics(@Context HttpServletRequest request, @Context SseEventSink sink) {
        Set<Topic> topics = RequestTopics.readForStream(request);
        if (topics.isEmpty()) {
            numbers.register(sink);
        } else {
            sinkOpener.open(
                    sink,
                    topics,
                    (subscribeRequest, connection) ->
                            subscribe(topics, AccessFilter.getRights(request), subscribeRequest, connection));
        }
    }

    /**
     * Streams the topic in the path.
     *
     * @param suspended unused; its injection makes JAX-RS suspend the request, and the hub writes the response
     */
    @GET
    @Path("{topic: .+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void streamPathTopic(@Context HttpServletRequest request, @Suspended AsyncResponse suspended) {
        Set<Topic> topics = RequestTopics.readForStream(request);
        opener.open(request, Set.of(), (access, subscribeRequest, connection) -> {
            registry.register(topics, access, connection);
            subscribe(topics, access, subscribeRequest, connection);
        });
    }

    private void subscribe(Set<Topic> topics, AccessRights access, SubscribeRequest request, Connection connection) {
        TopicSelection selection = new TopicSelection(topics, Set.of(), access.readableTopics());
        hub.subscribe(selection, request, connection, cause -> {});
    }

    /**
     * Returns the headers of {@code GET} without a subscription. Without this method, some servers open a stream for
     * {@code HEAD}.
     */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head(@Context HttpServletRequest request) {
        RequestTopics.readForStream(request);
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    @HEAD
    @Path("{topic: .+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response headOfTopic(@Context HttpServletRequest request) {
        return head(request);
    }
}
