package dev.courant.door;

import dev.courant.access.Access;
import dev.courant.access.Gate;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelector;
import dev.courant.hub.Hub;
import dev.courant.hub.IdempotentPublishing;
import dev.courant.problem.ProblemException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Publishes what comes from outside: what may be said at all, by those who may, and once for each key. Any thread. */
public final class Publisher {

    /** The type of the hub's own updates on subscriptions. */
    private static final String RESERVED_TYPE = "mercure";

    private static final int MOST_KEY = 255;

    private final Hub hub;
    private final IdempotentPublishing idempotent;
    private final Gate gate;
    private final TopicSelector reserved;
    private final int maxBytes;

    /**
     * @param reserved the topics that the hub alone publishes to
     * @param maxBytes how large the data of an event may be
     */
    public Publisher(Hub hub, IdempotentPublishing idempotent, Gate gate, TopicSelector reserved, int maxBytes) {
        this.hub = hub;
        this.idempotent = idempotent;
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
    public void admit(Access access) {
        gate.admitPublisher(access);
    }

    /**
     * Publishes an event.
     *
     * @param key under which it is published once; {@code null} for none
     * @throws ProblemException saying why not
     */
    public CompletionStage<EventId> publish(Access access, Event event, @Nullable String key) {
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
        return store(event, key);
    }

    private CompletionStage<EventId> store(Event event, @Nullable String key) {
        try {
            return key == null ? hub.publish(event) : idempotent.publish(key, event);
        } catch (IdempotentPublishing.KeyReusedException reused) {
            throw new ProblemException(422, "This Idempotency-Key was used for another event less than 5 minutes ago.");
        } catch (IdempotentPublishing.TooManyKeysException full) {
            throw busy("Too many Idempotency-Keys were used in the last 5 minutes.", "60");
        } catch (IllegalStateException closed) {
            throw busy("The server is stopping; publish again soon.", "10");
        }
    }

    private static ProblemException busy(String why, String retrySeconds) {
        return new ProblemException(503, why, Map.of("Retry-After", retrySeconds));
    }
}
