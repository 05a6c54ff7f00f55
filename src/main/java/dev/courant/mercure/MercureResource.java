package dev.courant.mercure;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.event.Event;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Hub;
import dev.courant.hub.SubscribeRequest;
import dev.courant.hub.Subscription;
import dev.courant.log.LogException;
import dev.courant.publish.BodyReceiver;
import dev.courant.publish.EventPublisher;
import dev.courant.stream.ResponseConnection;
import dev.courant.stream.TokenStreams;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /.well-known/mercure}: subscribing and publishing. {@link SubscribeQueryFilter} has read what a subscriber asks for. */
@Path("mercure")
@RequestScoped
public class MercureResource {

    private static final String PLAIN_UTF_8 = "text/plain;charset=utf-8";

    @Inject
    private Hub hub;

    @Inject
    private MercureProtocol dialect;

    @Inject
    private EventPublisher publisher;

    @Inject
    private BodyReceiver bodies;

    @Inject
    private TokenStreams visits;

    @Inject
    private SubscriptionRegistry active;

    /** @param sink opens the stream, as the standard says; its bytes are the hub's to write */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(
            @Context HttpServletRequest request, @Context HttpServletResponse response, @Context SseEventSink sink) {
        ResponseConnection connection = ResponseConnection.of(request);
        AccessRights access = AccessFilter.of(request);
        SubscribeQueryFilter.Asked asked = SubscribeQueryFilter.of(request);
        visits.register(connection, access);
        TopicSelection selection = TopicMatcher.selection(asked.matchers(), access.readable());
        SubscriptionRegistry.Subscriber subscriber = active.open(asked.matchers(), access, connection::close);
        SubscribeRequest arrival = connection.subscribeRequest().withDefaultLastEventId(asked.lastEventId());
        Subscription subscription;
        try {
            subscription = hub.subscribe(selection, arrival, connection, cause -> subscriber.close());
        } catch (LogException unavailable) {
            subscriber.close();
            throw unavailable;
        }
        if (arrival.lastEventId() != null) {
            // Whoever names an id is answered: an empty one too, which the hub takes for none.
            String after = subscription.resumesAfter();
            response.setHeader(dialect.lastEventIdHeader(), after == null ? Event.EARLIEST : after);
        }
    }

    /** What {@code GET} would say of itself; registers nobody. Without it some servers open a stream for it. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    /** The answer is the update's id, once it is stored. */
    @POST
    @Consumes(MediaType.WILDCARD) // UpdateForm says what is expected
    public CompletionStage<Response> publish(
            @Context HttpServletRequest request, @HeaderParam("Idempotency-Key") @Nullable String key, InputStream body)
            throws IOException {
        AccessRights access = AccessFilter.of(request);
        publisher.checkAccess(access);
        Charset charset = UpdateForm.charset(request);
        int most = publisher.maxBytes();
        return bodies.receive(
                request,
                body,
                UpdateForm.mostBytes(most),
                bytes -> publish(access, UpdateForm.read(bytes, charset, most), key));
    }

    private CompletionStage<Response> publish(AccessRights access, Event event, @Nullable String key) {
        return publisher.publish(
                access,
                event,
                key,
                stored -> Response.ok().type(PLAIN_UTF_8).entity(stored).build());
    }
}
