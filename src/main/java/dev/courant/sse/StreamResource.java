package dev.courant.sse;

import dev.courant.access.Access;
import dev.courant.door.AccessFilter;
import dev.courant.door.OpenStreams;
import dev.courant.door.Visits;
import dev.courant.event.Selection;
import dev.courant.event.Topic;
import dev.courant.stream.ResponseConnection;
import dev.courant.stream.StreamFilter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code GET /sse}, {@code GET /sse/{topic}}, {@code GET /sse?topic=a&topic=b}: streams, for as long as clients stay.
 * {@link TopicFilter} has seen to it that the names can be topics.
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
    private Visits visits;

    @Inject
    private OpenStreams openStreams;

    /** The broadcaster opens the stream: its first bytes commit the headers, long before there is an event. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void several(
            @Context HttpServletRequest request, @QueryParam("topic") List<String> names, @Context SseEventSink sink) {
        if (names.isEmpty()) {
            enter(request, Set.of(sse.topic()));
            numbers.register(sink);
        } else {
            register(request, names, sink);
        }
    }

    /** One topic, in the path. */
    @GET
    @Path("{topic: .+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void one(@Context HttpServletRequest request, @PathParam("topic") String name, @Context SseEventSink sink) {
        register(request, List.of(name), sink);
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

    private void register(HttpServletRequest request, List<String> names, SseEventSink sink) {
        Set<Topic> topics = names.stream().map(Topic::new).collect(Collectors.toCollection(LinkedHashSet::new));
        enter(request, topics);
        Selection selection =
                new Selection(topics, Set.of(), AccessFilter.of(request).readable());
        sse.newBroadcaster(selection).register(sink);
    }

    private void enter(HttpServletRequest request, Set<Topic> topics) {
        ResponseConnection connection = StreamFilter.current();
        if (connection != null) {
            Access access = AccessFilter.of(request);
            visits.enter(connection, access);
            openStreams.record(topics, access, connection);
        }
    }
}
