package dev.courant.sse;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.publish.BodyFormat;
import dev.courant.publish.BodyReceiver;
import dev.courant.publish.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletionStage;

/**
 * The resource of {@code POST /sse/{topic}} and {@code POST /sse?topic=}, with one or more topics. The body is the data
 * of one event, as text of any media type. The response is {@code 201} with the id, once the event is stored. {@link
 * PublishStreamFilter} handles bodies with several events.
 */
@Path("/")
@ApplicationScoped
@Consumes(MediaType.WILDCARD)
public class PublishResource {

    @Inject
    private EventPublisher publisher;

    @Inject
    private BodyReceiver bodies;

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
                        parameters.toEvent(
                                parameters.end() && bytes.length == 0
                                        ? ""
                                        : BodyFormat.decode(bytes, charset, maxBytes)),
                        key,
                        stored -> Response.status(Response.Status.CREATED)
                                .type(EventPublisher.ID_TYPE)
                                .entity(stored)
                                .build()));
    }
}
