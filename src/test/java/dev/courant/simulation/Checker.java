package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.PrefixSelector;
import dev.courant.event.TestReaders;
import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The checks that concern the log and its publishers. {@link DeliveryCheck} has those of the subscribers. */
final class Checker {

    static final TopicSelection EVERYTHING =
            new TopicSelection(Set.of(), Set.of(new PrefixSelector("")), TestReaders.EVERYTHING.readable());

    private static final Duration EVICTION_DELAY = SimulatedServer.TICK.plusSeconds(1);

    private final World world;

    Checker(World world) {
        this.world = world;
    }

    /** Adds the events to the model that have become visible. */
    void observe(SimulatedServer server) {
        long head = server.log.head();
        while (world.model.head() < head) {
            long offset = world.model.head() + 1;
            LogEntry entry = server.log.next(offset - 1);
            List<LogEntry> read =
                    entry != null ? List.of(entry) : LogContents.read(server.log, EVERYTHING, offset - 1, offset);
            require(!read.isEmpty(), Rule.ONE_ORDER, "offset %d became visible without an event", offset);
            Publication publication = publicationOf(read.get(0), world);
            world.model.add(read.get(0), server.log.idOf(offset), publication, server.life, world.clock.elapsed());
        }
    }

    /** Returns the publication that an entry contains, according to its data. */
    static Publication publicationOf(LogEntry entry, World world) {
        return world.publisher.get(
                Publication.numberIn(EventFrame.read(entry.frame()).data()));
    }

    /** Checks the id with which an event is acknowledged. */
    void acknowledge(Publication publication, EventId id) {
        LogModel.Entry entry = world.model.get(id.offset());
        boolean damaged = entry == null && id.equals(publication.acknowledgedAs) && !world.model.knowsKeys();
        require(
                damaged
                        || entry != null
                                && entry.publication() == publication
                                && world.model.find(id.toString()).isPresent(),
                Rule.ACKNOWLEDGED_EVENT_IS_STORED,
                "%s is acknowledged as %s, which is %s",
                publication,
                id,
                entry);
        publication.outcome = Publication.Outcome.ACKNOWLEDGED;
        publication.acknowledgedAs = id;
    }

    /** Verifies that the window is within its bounds. */
    void checkBounds(SimulatedServer server) {
        List<LogEntry> window = server.log.read(EVERYTHING, 0, server.log.head(), Integer.MAX_VALUE);
        Set<Long> offsets = new HashSet<>();
        long bytes = 0;
        long maxAge =
                world.scenario.window().whole().maxAge().plus(EVICTION_DELAY).toNanos();
        for (LogEntry entry : window) {
            require(offsets.add(entry.offset()), Rule.NO_DUPLICATE, "offset %d is read twice", entry.offset());
            bytes += entry.frame().length;
            require(
                    world.clock.nanoTime() - entry.storedAt() <= maxAge || world.clock.hasJumped(),
                    Rule.BOUNDED,
                    "offset %d is expired",
                    entry.offset());
        }
        int maxEvents = world.scenario.window().whole().maxEvents();
        long maxBytes = world.scenario.window().whole().maxBytes();
        require(
                window.size() <= Math.max(maxEvents, 1) && (bytes <= maxBytes || window.size() == 1),
                Rule.BOUNDED,
                "%d events with %d bytes are in the window",
                window.size(),
                bytes);
    }
}
