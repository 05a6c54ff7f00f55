package dev.courant.mercure;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.event.Event;
import dev.courant.event.TopicSelection;
import dev.courant.hub.Hub;
import dev.courant.hub.SubscribeRequest;
import dev.courant.hub.Subscription;
import dev.courant.publish.BodyReceiver;
import dev.courant.publish.EventPublisher;
import dev.courant.stream.StreamOpener;
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
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletionStage;

/** The resource {@code /.well-known/mercure}: subscribe and publish. */
@Path("mercure")
@ApplicationScoped
public class MercureResource {

    @Inject
    private Hub hub;

    @Inject
    private MercureProtocol protocol;

    @Inject
    private EventPublisher publisher;

    @Inject
    private BodyReceiver bodyReceiver;

    @Inject
    private StreamOpener opener;

    @Inject
    private SubscriptionRegistry subscriptions;

    /**
     * Opens a stream.
     *
     * @param suspended unused; its injection makes JAX-RS suspend the request, and the hub writes the response
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            @Suspended AsyncResponse suspended) {
        SubscribeQuery query = SubscribeQuery.read(request, protocol);
        opener.open(request, query.selectors(), (access, clientRequest, connection) -> {
            subscriptions.register(query.matchers(), access, connection);
            TopicSelection selection = TopicMatcher.toSelection(query.matchers(), access.readableTopics());
            SubscribeRequest subscribeRequest = clientRequest.withDefaultLastEventId(query.lastEventId());
            Subscription subscription = hub.subscribe(selection, subscribeRequest, connection, cause -> {});
            if (subscribeRequest.hasLastEventId()) {
                // The specification requires this header in the response to each request with an id. The hub treats an
                // empty id as absent, but the header is still required.
                String after = subscription.resumesAfter();
                response.setHeader(protocol.lastEventIdHeader(), after == null ? Event.EARLIEST : after);
            }
        });
    }

    /** Returns the headers of {@code GET}. Without this method, some servers open a stream for {@code HEAD}. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head(@Context HttpServletRequest request) {
        SubscribeQuery.read(request, protocol);
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    /** Publishes an update and responds with its id once it is stored. */
    @POST
    @Consumes(MediaType.WILDCARD) // UpdateForm checks the media type
    public CompletionStage<Response> publish(@Context HttpServletRequest request, InputStream body) throws IOException {
        AccessRights access = AccessFilter.getRights(request);
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
                        stored -> Response.ok()
                                .type(EventPublisher.ID_TYPE)
                                .entity(stored)
                                .build()));
    }
}
