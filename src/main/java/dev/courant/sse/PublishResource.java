package dev.courant.sse;

import dev.courant.access.PublishRules;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.hub.Hub;
import dev.courant.hub.IdempotentPublishing;
import dev.courant.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
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

    private static final int MOST_KEY = 255;
    private static final String PLAIN_UTF_8 = "text/plain;charset=UTF-8";
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");

    @Inject
    private Hub hub;

    @Inject
    private IdempotentPublishing idempotent;

    @Inject
    private PublishRules rules;

    /** Any media type: what it is, the readers know. What else an event has is in query parameters, else in headers. */
    @POST
    @Path("{topic: .+}")
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> publish(
            @PathParam("topic") String name,
            @QueryParam("type") @Nullable String type,
            @HeaderParam("Event-Type") @Nullable String typeHeader,
            @QueryParam("id") @Nullable String id,
            @HeaderParam("Event-Id") @Nullable String idHeader,
            @QueryParam("retry") @Nullable String retry,
            @HeaderParam("Event-Retry") @Nullable String retryHeader,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body)
            throws IOException {
        Topic topic = new Topic(name);
        if (!rules.anonymous().match(topic)) {
            throw new ProblemException(
                    403,
                    "Nobody may publish to the topic '" + topic
                            + "'. To allow it to anyone, set courant.publish.anonymous"
                            + " (in the environment COURANT_PUBLISH_ANONYMOUS) to a pattern that matches it, such as news/**");
        }
        if (key != null && (key.isEmpty() || key.length() > MOST_KEY)) {
            throw new ProblemException(400, "An Idempotency-Key has 1 to " + MOST_KEY + " characters.");
        }
        Duration wait = milliseconds(either(retry, retryHeader));
        String data = PublishedText.read(body, rules.maxBytes());
        Event event = event(topic, either(id, idHeader), either(type, typeHeader), wait, data);
        return store(key, event)
                .thenApply(place -> Response.status(Response.Status.CREATED)
                        .type(PLAIN_UTF_8)
                        .entity(event.id() == null ? place.toString() : event.id())
                        .build());
    }

    private CompletionStage<EventId> store(@Nullable String key, Event event) {
        try {
            return key == null ? hub.publish(event) : idempotent.publish(key, event);
        } catch (IdempotentPublishing.KeyReusedException reused) {
            throw new ProblemException(422, "This Idempotency-Key was used for another event less than 5 minutes ago.");
        } catch (IdempotentPublishing.TooManyKeysException full) {
            throw new ProblemException(503, "Too many Idempotency-Keys were used in the last 5 minutes.");
        } catch (IllegalArgumentException invalid) {
            throw unpublishable(invalid);
        } catch (IllegalStateException closed) {
            throw new ProblemException(503, "The server is stopping; publish again soon.");
        }
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
            Topic topic, @Nullable String id, @Nullable String type, @Nullable Duration retry, String data) {
        try {
            return new Event(List.of(topic), false, id, type, retry, data);
        } catch (IllegalArgumentException invalid) {
            throw unpublishable(invalid);
        }
    }

    private static ProblemException unpublishable(IllegalArgumentException invalid) {
        return new ProblemException(400, "This event cannot be published: " + invalid.getMessage() + '.');
    }
}
