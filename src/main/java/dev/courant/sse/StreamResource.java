package dev.courant.sse;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;

/** {@code GET /sse}: the numbers, for as long as the client stays. */
@Path("/")
@RequestScoped
public class StreamResource {

    @Inject
    @Named("numbers")
    private SseBroadcaster numbers;

    /** The broadcaster opens the stream: its first bytes commit the headers, long before there is an event. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void numbers(@Context SseEventSink sink) {
        numbers.register(sink);
    }

    /** What {@code GET} would say of itself; registers nobody. Without it some servers open a stream for it. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }
}
