package dev.courant.sse;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.event.Topic;
import dev.courant.http.ProblemException;
import dev.courant.publish.BodyFormat;
import dev.courant.publish.BodyReceiver;
import dev.courant.publish.EventPublisher;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /sse/{topic}}, or {@code POST /sse?topic=} for one or more: the body is the data of one event, in text of
 * whatever media type; {@code 201} with its id once it is stored.
 */
@Path("/")
@RequestScoped
@Consumes(MediaType.WILDCARD)
public class PublishResource {

    private static final String PLAIN_UTF_8 = "text/plain;charset=UTF-8";

    @Inject
    private EventPublisher publisher;

    @Inject
    private BodyReceiver bodies;

    /** One topic, in the path. */
    @POST
    @Path("{topic: .+}")
    public CompletionStage<Response> one(
            @Context HttpServletRequest request,
            @BeanParam EventParameters particulars,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body)
            throws IOException {
        return publish(request, particulars, key, body);
    }

    /** Any topics, of which the first is the one that the event is said to be of. */
    @POST
    public CompletionStage<Response> several(
            @Context HttpServletRequest request,
            @BeanParam EventParameters particulars,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body)
            throws IOException {
        return publish(request, particulars, key, body);
    }

    private CompletionStage<Response> publish(
            HttpServletRequest request, EventParameters particulars, @Nullable String key, InputStream body)
            throws IOException {
        AccessRights access = AccessFilter.getRights(request);
        publisher.checkAccess(access);
        List<Topic> topics = TopicFilter.topics(request);
        if (topics.isEmpty()) {
            throw new ProblemException(400, "An event is of a topic: /sse/{topic}, or /sse?topic=... for any names.");
        }
        particulars.check();
        Charset charset = BodyFormat.parseCharset(request);
        int most = publisher.maxBytes();
        return bodies.receive(
                request,
                body,
                most,
                bytes -> publish(access, topics, particulars, key, BodyFormat.decode(bytes, charset, most)));
    }

    private CompletionStage<Response> publish(
            AccessRights access, List<Topic> topics, EventParameters particulars, @Nullable String key, String data) {
        return publisher.publish(
                access,
                particulars.event(topics, data),
                key,
                stored -> Response.status(Response.Status.CREATED)
                        .type(PLAIN_UTF_8)
                        .entity(stored)
                        .build());
    }
}
