package dev.courant.bench.stock;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A resource with a broadcaster for each topic, like the examples of the Jakarta REST specification. */
@Path("/sse/{topic: .+}")
public class StockTopic {

    private static final ConcurrentMap<String, SseBroadcaster> BROADCASTERS = new ConcurrentHashMap<>();

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void follow(@PathParam("topic") String topic, @Context SseEventSink sink, @Context Sse sse) {
        broadcaster(topic, sse).register(sink);
    }

    /** Responds without waiting for the delivery: the stage of the implementation does not indicate it. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public void publish(@PathParam("topic") String topic, String body, @Context Sse sse) {
        var unused = broadcaster(topic, sse).broadcast(sse.newEvent(body));
    }

    private static SseBroadcaster broadcaster(String topic, Sse sse) {
        return BROADCASTERS.computeIfAbsent(topic, name -> sse.newBroadcaster());
    }
}
