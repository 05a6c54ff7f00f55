package dev.courant.sse;

import dev.courant.access.Access;
import dev.courant.door.AccessFilter;
import dev.courant.door.Body;
import dev.courant.door.Publisher;
import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code POST /sse/{topic}}: the body is the data of one event; {@code 201} with its id once it is stored. */
@Path("/")
@RequestScoped
public class PublishResource {

    private static final String PLAIN_UTF_8 = "text/plain;charset=UTF-8";
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");

    @Inject
    private Publisher publisher;

    /**
     * Any media type: what it is, the readers know. What else an event has is in query parameters, else in headers.
     *
     * @param restricted whatever its value: only those who may read the topic get the event
     */
    @POST
    @Path("{topic: .+}")
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> publish(
            @Context HttpServletRequest request,
            @PathParam("topic") String name,
            @QueryParam("type") @Nullable String type,
            @HeaderParam("Event-Type") @Nullable String typeHeader,
            @QueryParam("id") @Nullable String id,
            @HeaderParam("Event-Id") @Nullable String idHeader,
            @QueryParam("retry") @Nullable String retry,
            @HeaderParam("Event-Retry") @Nullable String retryHeader,
            @QueryParam("private") @Nullable String restricted,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body)
            throws IOException {
        Access access = AccessFilter.of(request);
        publisher.admit(access);
        Duration wait = milliseconds(either(retry, retryHeader));
        String data = Body.text(request, body, publisher.maxBytes());
        Event event =
                event(new Topic(name), restricted != null, either(id, idHeader), either(type, typeHeader), wait, data);
        return publisher.publish(
                access,
                event,
                key,
                stored -> Response.status(Response.Status.CREATED)
                        .type(PLAIN_UTF_8)
                        .entity(stored)
                        .build());
    }

    private static @Nullable String either(@Nullable String parameter, @Nullable String header) {
        return parameter != null ? parameter : header;
    }

    private static @Nullable Duration milliseconds(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!MILLISECONDS.matcher(text).matches()) {
            throw new ProblemException(400, "A retry time is a number of milliseconds.");
        }
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static Event event(
            Topic topic,
            boolean restricted,
            @Nullable String id,
            @Nullable String type,
            @Nullable Duration retry,
            String data) {
        try {
            return new Event(List.of(topic), restricted, id, type, retry, data);
        } catch (IllegalArgumentException invalid) {
            throw new ProblemException(400, "This event cannot be published: " + invalid.getMessage() + '.');
        }
    }
}
