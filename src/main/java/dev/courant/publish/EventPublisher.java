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
import dev.courant.hub.Hub;
import dev.courant.log.IdempotencyKey;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Publishes what comes from outside: what may be said at all, by those who may, and once for each key. Any thread. */
public final class EventPublisher {

    /** The type of the hub's own updates on subscriptions. */
    private static final String RESERVED_TYPE = "mercure";

    private static final int MOST_KEY = 255;

    private final Hub hub;
    private final AccessPolicy gate;
    private final TopicSelector reserved;
    private final int maxBytes;
    private final Executor answering;

    /**
     * @param reserved the topics that the hub alone publishes to
     * @param maxBytes how large the data of an event may be
     * @param answering where answers are written that had to wait: a log's own threads have other things to do
     */
    public EventPublisher(Hub hub, AccessPolicy gate, TopicSelector reserved, int maxBytes, Executor answering) {
        this.hub = hub;
        this.answering = answering;
        this.gate = gate;
        this.reserved = reserved;
        this.maxBytes = maxBytes;
    }

    /** How large the data of an event may be. */
    public int maxBytes() {
        return maxBytes;
    }

    /**
     * Before anything is read.
     *
     * @throws ProblemException if whatever it is may not be published
     */
    public void admit(AccessRights access) {
        gate.admitPublisher(access);
    }

    /**
     * Publishes an event.
     *
     * @param key under which it is published once; {@code null} for none
     * @param answer made of the event's id, once it is stored
     * @return completes with the answer, or with a problem document that says why the event could not be stored
     * @throws ProblemException saying why it may not be published
     */
    public CompletionStage<Response> publish(
            AccessRights access, Event event, @Nullable String key, Function<String, Response> answer) {
        if (key != null && (key.isEmpty() || key.length() > MOST_KEY)) {
            throw new ProblemException(400, "An Idempotency-Key has 1 to " + MOST_KEY + " characters.");
        }
        if (RESERVED_TYPE.equals(event.type())) {
            throw new ProblemException(400, "The event type '" + RESERVED_TYPE + "' is the hub's own.");
        }
        for (Topic topic : event.topics()) {
            if (reserved.matches(topic.name())) {
                throw new ProblemException(400, "Topics below the hub's own address are the hub's own.");
            }
        }
        gate.publish(access, event.topics().stream().map(Topic::name).toList());
        CompletionStage<EventId> stored = store(event, key);
        return stored.toCompletableFuture().isDone()
                ? stored.handle((id, failure) -> answer(event, id, failure, answer))
                : stored.handleAsync((id, failure) -> answer(event, id, failure, answer), answering);
    }

    private CompletionStage<EventId> store(Event event, @Nullable String key) {
        try {
            return key == null ? hub.publish(event) : hub.publish(event, IdempotencyKey.of(key, event));
        } catch (IllegalStateException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private static Response answer(
            Event event, @Nullable EventId id, @Nullable Throwable failure, Function<String, Response> answer) {
        if (id != null) {
            return answer.apply(event.id() == null ? id.toString() : event.id());
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return ProblemMapper.createResponse(StorageProblems.toProblem(cause));
    }
}
