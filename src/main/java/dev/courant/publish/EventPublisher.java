package dev.courant.publish;

import dev.courant.auth.AccessPolicy;
import dev.courant.auth.AccessRights;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
import dev.courant.http.ProblemException;
import dev.courant.http.ProblemMapper;
import dev.courant.http.StorageProblems;
import dev.courant.log.EventLog;
import dev.courant.log.IdempotencyKey;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events of clients: checks the event, the access rights and the idempotency key, and responds when the event is
 * stored. Thread-safe.
 */
public final class EventPublisher {

    /** The media type of the id with which a publication is answered. */
    public static final String ID_TYPE = "text/plain;charset=utf-8";

    /** The type of the updates with which the hub announces subscriptions. */
    private static final String RESERVED_TYPE = "mercure";

    private static final int MAX_KEY_LENGTH = 255;

    private final EventLog log;
    private final AccessPolicy accessPolicy;
    private final TopicSelector reserved;
    private final int maxBytes;
    private final Executor responseExecutor;

    /**
     * @param log the log of the hub
     * @param reserved the topics that only the hub publishes to
     * @param maxBytes the maximum size of an event's data
     * @param responseExecutor writes responses to events that were not stored at once, so that no thread of the log writes them
     */
    public EventPublisher(
            EventLog log, AccessPolicy accessPolicy, TopicSelector reserved, int maxBytes, Executor responseExecutor) {
        this.log = log;
        this.responseExecutor = responseExecutor;
        this.accessPolicy = accessPolicy;
        this.reserved = reserved;
        this.maxBytes = maxBytes;
    }

    /** Returns the maximum size of an event's data. */
    public int maxBytes() {
        return maxBytes;
    }

    /**
     * Publishes an event.
     *
     * @param key the idempotency key, or {@code null}
     * @param responseFactory creates the response from the id of the stored event
     * @return completes with the response, which is a problem document if the event could not be stored
     * @throws ProblemException if the client may not publish the event
     */
    public CompletionStage<Response> publish(
            AccessRights access, Event event, @Nullable String key, Function<String, Response> responseFactory) {
        checkKey(key);
        checkType(event);
        checkTopics(access, event.topics());
        CompletionStage<EventId> stored = store(event, key);
        return stored.toCompletableFuture().isDone()
                ? stored.handle((id, failure) -> createResponse(event, id, failure, responseFactory))
                : stored.handleAsync(
                        (id, failure) -> createResponse(event, id, failure, responseFactory), responseExecutor);
    }

    /** @throws ProblemException if the client's key is too short or too long */
    static void checkKey(@Nullable String key) {
        if (key != null && (key.isEmpty() || key.length() > MAX_KEY_LENGTH)) {
            throw new ProblemException(
                    400, "The Idempotency-Key has " + key.length() + " characters. Use 1 to " + MAX_KEY_LENGTH + '.');
        }
    }

    /**
     * Returns the event.
     *
     * @throws ProblemException if its type is reserved for the hub
     */
    static Event checkType(Event event) {
        if (RESERVED_TYPE.equals(event.type())) {
            throw new ProblemException(
                    400, "The event type '" + RESERVED_TYPE + "' is reserved for the hub. Use another type.");
        }
        return event;
    }

    /** @throws ProblemException if the client may not publish to one of the topics */
    void checkTopics(AccessRights access, List<Topic> topics) {
        for (Topic topic : topics) {
            if (reserved.matches(topic.name())) {
                throw new ProblemException(
                        400,
                        "The topic '" + topic.name()
                                + "' is reserved: it is below the address of the hub. Publish to another topic.");
            }
        }
        accessPolicy.checkPublish(access, topics.stream().map(Topic::name).toList());
    }

    private CompletionStage<EventId> store(Event event, @Nullable String key) {
        try {
            return log.append(event, key == null ? null : IdempotencyKey.of(key, event));
        } catch (IllegalStateException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private static Response createResponse(
            Event event,
            @Nullable EventId id,
            @Nullable Throwable failure,
            Function<String, Response> responseFactory) {
        if (id != null) {
            return responseFactory.apply(event.id() == null ? id.toString() : event.id());
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return ProblemMapper.createResponse(StorageProblems.toProblem(cause));
    }
}
