package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.RandomTopics;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.KeyReusedException;
import dev.courant.log.LogException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The publishers. They repeat a publication with its idempotency key if they do not know whether it was stored. */
final class SimulatedPublisher {

    /** A publisher repeats a publication no later, because the log may forget its key. */
    private static final long MAX_REPEAT_NANOS =
            IdempotencyKey.LIFETIME.minusSeconds(30).toNanos();

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final World world;
    private final List<Publication> publications = new ArrayList<>();
    private final List<Publication> pending = new ArrayList<>();

    SimulatedPublisher(World world) {
        this.world = world;
    }

    /** Returns the publication with a number. */
    Publication get(int number) {
        return publications.get(number);
    }

    /** Returns all publications, in the order in which they were first sent. */
    List<Publication> all() {
        return publications;
    }

    /** Publishes a new event. */
    void publish(Random random) {
        int number = publications.size();
        String padding = "x".repeat(random.nextInt(maxDataLength(random)));
        Event event = new Event(
                random.nextInt(3) == 0 ? RandomTopics.topicsOfEvent(random) : RandomTopics.ALL.subList(0, 1),
                random.nextInt(4) == 0,
                random.nextInt(5) == 0 ? "urn:event:" + number : null,
                null,
                null,
                padding.isEmpty() ? "" + number : number + " " + padding);
        IdempotencyKey key = random.nextInt(3) == 0 ? IdempotencyKey.of("key-" + number, event) : null;
        Publication publication = new Publication(number, event, key, world.clock.elapsed());
        publications.add(publication);
        send(publication);
    }

    private int maxDataLength(Random random) {
        if (world.scenario.largeEvents()) {
            return 70_000; // some subscribers then need several turns
        }
        return random.nextInt(8) == 0 ? 2000 : 20;
    }

    /** Repeats a publication that has a key, also if it was acknowledged. */
    void repeat(Random random) {
        List<Publication> repeatable = publications.stream()
                .filter(each -> each.key != null && canRepeat(each))
                .toList();
        if (!repeatable.isEmpty()) {
            int recent = Math.min(repeatable.size(), 4);
            send(repeatable.get(repeatable.size() - 1 - random.nextInt(recent)));
        }
    }

    /** Repeats the publications whose outcome is unknown or that were refused. */
    void repeatUnknown() {
        for (Publication each : List.copyOf(publications)) {
            boolean unknown =
                    each.outcome == Publication.Outcome.UNKNOWN || each.outcome == Publication.Outcome.REFUSED;
            if (unknown && each.key != null && canRepeat(each)) {
                send(each);
            }
        }
    }

    private boolean canRepeat(Publication publication) {
        boolean mayBeForgotten = publication.event.id() != null && !world.model.knowsKeys(); // one id for two events
        return !publication.reusesKey
                && !mayBeForgotten
                && world.clock.elapsed() - publication.firstSentAt < MAX_REPEAT_NANOS;
    }

    /** Sends another event with a key that was used. */
    void misuseKey(Random random) {
        List<LogModel.Entry> stored = world.model.all().stream()
                .filter(entry -> entry.publication().key != null && canRepeat(entry.publication()))
                .toList();
        if (stored.isEmpty() || world.server == null) {
            return;
        }
        Publication original = stored.get(random.nextInt(stored.size())).publication();
        Event event = Event.message(RandomTopics.ALL.get(0), publications.size() + " other");
        Publication misuse = new Publication(
                publications.size(), event, IdempotencyKey.of(original.key.key(), event), world.clock.elapsed());
        misuse.reusesKey = true;
        publications.add(misuse);
        send(misuse);
    }

    private void send(Publication publication) {
        SimulatedServer server = world.server;
        if (server == null || server.isStopping()) {
            return;
        }
        publication.outcome = Publication.Outcome.PENDING;
        publication.sentAt = world.clock.elapsed();
        publication.inFlight++;
        pending.add(publication);
        world.trace("publishes %s", publication);
        CompletionStage<EventId> stored = publication.key == null
                ? server.hub.publish(publication.event)
                : server.hub.publish(publication.event, publication.key);
        stored.whenComplete((id, failure) -> {
            try {
                if (world.server == server) {
                    onOutcome(publication, id, failure, server);
                }
            } catch (BrokenRuleException broken) { // the log may catch exceptions
                world.report(broken);
            }
        });
    }

    private void onOutcome(
            Publication publication, @Nullable EventId id, @Nullable Throwable failure, SimulatedServer server) {
        publication.inFlight--;
        pending.remove(publication);
        world.trace("%s: %s", publication, id == null ? failure : id);
        require(
                id == null || !publication.reusesKey || !world.model.knowsKeys(),
                Rule.ONE_EVENT_FOR_A_KEY,
                "%s is accepted with a key that was used",
                publication);
        if (id != null) {
            world.checker.acknowledge(publication, id);
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        require(cause instanceof LogException, Rule.NO_INTERNAL_ERROR, "%s is refused with %s", publication, cause);
        require(
                !(cause instanceof KeyReusedException) || publication.reusesKey || !world.model.knowsKeys(),
                Rule.ONE_EVENT_FOR_A_KEY,
                "%s is refused: %s",
                publication,
                cause);
        if (publication.acknowledgedAs == null) {
            publication.outcome = Publication.Outcome.REFUSED;
            publication.refusedInLife = server.life;
        }
    }

    /** Notices that the process has ended: the outcome of the pending publications is unknown. */
    void onServerEnd() {
        for (Publication publication : pending) {
            publication.outcome = Publication.Outcome.UNKNOWN;
            publication.inFlight = 0;
        }
        pending.clear();
    }

    /** Returns whether each publication was answered. */
    boolean isAnswered() {
        return pending.isEmpty();
    }

    /** Verifies that the log does not answer late. */
    void checkAnswers() {
        for (Publication publication : pending) {
            require(
                    world.clock.elapsed() - publication.sentAt < MAX_WAIT.toNanos(),
                    Rule.PUBLICATION_IS_ANSWERED,
                    "%s has no answer",
                    publication);
        }
    }
}
