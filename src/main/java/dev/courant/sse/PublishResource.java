package dev.courant.sse;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.http.ProblemException;
import dev.courant.publish.BodyFormat;
import dev.courant.publish.BodyReceiver;
import dev.courant.publish.EventPublisher;
import dev.courant.publish.EventStreamReceiver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The resource of {@code POST /sse/{topic}} and {@code POST /sse?topic=}, with one or more topics. The body is the data
 * of one event, as text of any media type. The response is {@code 201} with the id, once the event is stored. A body of the
 * type {@code text/event-stream} or {@code application/x-ndjson}, or of a {@code PUT}, contains several events.
 */
@Path("/")
@ApplicationScoped
@Consumes(MediaType.WILDCARD)
public class PublishResource {

    @Inject
    private EventPublisher publisher;

    @Inject
    private BodyReceiver bodies;

    @Inject
    private EventStreamReceiver streams;

    /** Publishes to the topic in the path. */
    @POST
    @Path("{topic: .+}")
    public CompletionStage<Response> publishToPath(@Context HttpServletRequest request, InputStream body)
            throws IOException {
        return publish(request, body);
    }

    /** Publishes to the topics in the query. Subscribers see the first one as the topic of the event. */
    @POST
    public CompletionStage<Response> publishToQuery(@Context HttpServletRequest request, InputStream body)
            throws IOException {
        return publish(request, body);
    }

    /**
     * Publishes each event of a body with several events to the topic in the path, when it arrives.
     *
     * @param suspended its injection makes JAX-RS suspend the request; the receiver writes the response
     */
    @POST
    @Path("{topic: .+}")
    @Consumes({MediaType.SERVER_SENT_EVENTS, EventStreamReceiver.JSON_LINES})
    public void publishStreamToPath(@Context HttpServletRequest request, @Suspended AsyncResponse suspended)
            throws IOException {
        publishStreamOrEvent(request, suspended);
    }

    /** Publishes as {@link #publishStreamToPath}, to the topics in the query. */
    @POST
    @Consumes({MediaType.SERVER_SENT_EVENTS, EventStreamReceiver.JSON_LINES})
    public void publishStreamToQuery(@Context HttpServletRequest request, @Suspended AsyncResponse suspended)
            throws IOException {
        publishStreamOrEvent(request, suspended);
    }

    /** Publishes as {@link #publishStreamToPath}. This is the method of {@code curl -T}, which sends no media type. */
    @PUT
    @Path("{topic: .+}")
    public void putStreamToPath(@Context HttpServletRequest request, @Suspended AsyncResponse suspended)
            throws IOException {
        publishStream(request, MediaType.SERVER_SENT_EVENTS);
    }

    /** Publishes as {@link #putStreamToPath}, to the topics in the query. */
    @PUT
    public void putStreamToQuery(@Context HttpServletRequest request, @Suspended AsyncResponse suspended)
            throws IOException {
        publishStream(request, MediaType.SERVER_SENT_EVENTS);
    }

    /**
     * Also handles a request without a media type, for which JAX-RS may call the methods with the narrower types. This includes
     * a form, as curl sends it: RequestFilter hides its media type.
     */
    private void publishStreamOrEvent(HttpServletRequest request, AsyncResponse suspended) throws IOException {
        if (EventStreamReceiver.hasStreamType(request)) {
            publishStream(request, null);
            return;
        }
        CompletionStage<Response> unused = publish(request, request.getInputStream())
                .whenComplete((response, failure) -> suspended.resume(failure == null ? response : failure));
    }

    private void publishStream(HttpServletRequest request, @Nullable String defaultType) throws IOException {
        EventParameters parameters = EventParameters.read(request).forSeveralEvents();
        String key = request.getHeader("Idempotency-Key");
        if (key == null && parameters.from() > 1) {
            throw new ProblemException(
                    400, "The parameter 'from' continues a stream with an Idempotency-Key. Send its key.");
        }
        streams.receive(
                request,
                AccessFilter.getRights(request),
                parameters.topics(),
                defaultType,
                key,
                parameters.from(),
                parameters::toEvent);
    }

    private CompletionStage<Response> publish(HttpServletRequest request, InputStream body) throws IOException {
        AccessRights access = AccessFilter.getRights(request);
        EventParameters parameters = EventParameters.read(request); // before the body is read
        String key = request.getHeader("Idempotency-Key");
        Charset charset = BodyFormat.parseCharset(request);
        int maxBytes = publisher.maxBytes();
        return bodies.receive(
                request,
                body,
                maxBytes,
                bytes -> publisher.publish(
                        access,
                        parameters.toEvent(BodyFormat.decode(bytes, charset, maxBytes)),
                        key,
                        stored -> Response.status(Response.Status.CREATED)
                                .type(EventPublisher.ID_TYPE)
                                .entity(stored)
                                .build()));
    }
}
