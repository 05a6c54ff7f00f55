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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
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

/**
 * The resource {@code /.well-known/mercure}: subscribe and publish. {@link SubscribeQueryFilter} parses the query
 * before this class is called.
 */
@Path("mercure")
@ApplicationScoped
public class MercureResource {

    private static final String PLAIN_UTF_8 = "text/plain;charset=utf-8";

    @Inject
    private Hub hub;

    @Inject
    private MercureProtocol protocol;

    @Inject
    private EventPublisher publisher;

    @Inject
    private BodyReceiver bodyReceiver;

    @Inject
    private TokenStreams tokenStreams;

    @Inject
    private SubscriptionRegistry subscriptions;

    /**
     * Opens a stream.
     *
     * @param sink unused; its injection makes JAX-RS open the stream, whose bytes the hub writes
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(
            @Context HttpServletRequest request, @Context HttpServletResponse response, @Context SseEventSink sink) {
        ResponseConnection connection = ResponseConnection.of(request);
        AccessRights access = AccessFilter.getRights(request);
        SubscribeQueryFilter.SubscribeQuery query = SubscribeQueryFilter.of(request);
        tokenStreams.register(connection, access);
        TopicSelection selection = TopicMatcher.toSelection(query.matchers(), access.readableTopics());
        SubscriptionRegistry.Registration registration =
                subscriptions.register(query.matchers(), access, connection::close);
        SubscribeRequest subscribeRequest = connection.subscribeRequest().withDefaultLastEventId(query.lastEventId());
        Subscription subscription;
        try {
            subscription = hub.subscribe(selection, subscribeRequest, connection, cause -> registration.remove());
        } catch (LogException unavailable) {
            registration.remove();
            throw unavailable;
        }
        if (subscribeRequest.lastEventId() != null) {
            // The specification requires this header in the response to each request with an id. The hub treats an
            // empty id as absent, but the header is still required.
            String after = subscription.resumesAfter();
            response.setHeader(protocol.lastEventIdHeader(), after == null ? Event.EARLIEST : after);
        }
    }

    /** Returns the headers of {@code GET}. Without this method, some servers open a stream for {@code HEAD}. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    /** Publishes an update and responds with its id once it is stored. */
    @POST
    @Consumes(MediaType.WILDCARD) // UpdateForm checks the media type
    public CompletionStage<Response> publish(@Context HttpServletRequest request, InputStream body) throws IOException {
        AccessRights access = AccessFilter.getRights(request);
        publisher.checkAccess(access);
        Charset charset = UpdateForm.charset(request);
        String key = request.getHeader("Idempotency-Key");
        int maxDataBytes = publisher.maxBytes();
        return bodyReceiver.receive(
                request,
                body,
                UpdateForm.maxBytes(maxDataBytes),
                bytes -> publisher.publish(
                        access,
                        UpdateForm.read(bytes, charset, maxDataBytes),
                        key,
                        stored -> Response.ok().type(PLAIN_UTF_8).entity(stored).build()));
    }
}
