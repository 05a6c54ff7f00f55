package dev.courant.simulation;

import static dev.courant.simulation.BrokenRuleException.require;

import dev.courant.event.EventFrame;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.journal.SimulatedDisk;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Verifies which events a journal still has: after a start, and while it runs. */
final class SurvivalCheck {

    /** The time after which an event is durable although it was not synced before its acknowledgement. */
    private static final long SYNC_NANOS = Duration.ofMillis(250).toNanos();

    private static final Duration AGE_TOLERANCE = Duration.ofSeconds(5);

    private final World world;
    private final Scenario.JournalSetup setup;
    private final SimulatedDisk disk;
    private boolean lost; // data that was not synced may be lost
    private long safeUpTo; // the log must not lose events up to here, whatever happens
    private int flips;

    SurvivalCheck(World world, Scenario.JournalSetup setup, SimulatedDisk disk) {
        this.world = world;
        this.setup = setup;
        this.disk = disk;
    }

    void afterPowerCut() {
        lost = true;
    }

    /** A failed sync may lose data that no process knows any more once this one has ended. */
    void afterFault() {
        lost = true;
    }

    void afterFlip(String file) {
        flips += file.isEmpty() ? 0 : 1;
        world.model.markDamaged();
    }

    void afterStop() {
        if (!disk.isFaulty()) {
            safeUpTo = world.model.head();
        }
    }

    void afterRestore(long mustSurvive) {
        safeUpTo = mustSurvive;
        lost = true;
    }

    boolean isDamaged() {
        return flips > 0;
    }

    /** Returns the offset up to which the log must have all events. */
    long mustSurvive() {
        return setup.synced() || !lost ? world.model.head() : Math.min(safeUpTo, world.model.head());
    }

    /** Compares the log that a new process has opened with the model, and adds events to the model that were in doubt. */
    void afterStart(SimulatedServer server) {
        EventLog log = server.log;
        long head = log.head();
        long mustSurvive = mustSurvive();
        require(
                head + flips >= mustSurvive,
                Rule.ACKNOWLEDGED_EVENT_IS_STORED,
                "the log ends with %d, but had acknowledged %d",
                head,
                mustSurvive);
        Map<Long, LogEntry> found = read(log);
        if (head < world.model.head()) {
            world.model.truncate(head);
        }
        for (long offset = world.model.head() + 1; offset <= head; offset++) {
            LogEntry entry = found.get(offset);
            if (entry != null) {
                Publication publication = Checker.publicationOf(entry, world);
                EventId id = new EventId(world.model.epoch(), offset);
                world.model.add(entry, id, publication, server.life, publication.firstSentAt);
            }
        }
        world.model.skipTo(head);
        checkContents(log, found, mustSurvive);
        world.model.beginEpoch(log.idOf(head));
        lost = disk.isFaulty();
        safeUpTo = head;
    }

    private Map<Long, LogEntry> read(EventLog log) {
        Map<Long, LogEntry> found = new HashMap<>();
        for (LogEntry entry : LogContents.read(log, Checker.EVERYTHING, 0, log.head())) {
            found.put(entry.offset(), entry);
        }
        return found;
    }

    /** Verifies that each event is there, in its place and with its id, unless it may be evicted or damaged. */
    private void checkContents(EventLog log, Map<Long, LogEntry> found, long mustSurvive) {
        int missing = 0;
        long floor = log.history().floor();
        for (LogModel.Entry entry : world.model.all()) {
            LogEntry stored = found.get(entry.offset());
            boolean evicted = stored == null && mayBeEvicted(entry);
            if (stored == null && entry.offset() > mustSurvive && !(evicted && entry.offset() <= floor)) {
                world.model.remove(entry);
            } else if (evicted) {
                continue;
            } else if (stored == null) {
                require(
                        ++missing <= flips,
                        Rule.ACKNOWLEDGED_EVENT_IS_STORED,
                        "%s is missing, at floor %d and head %d",
                        entry,
                        floor,
                        log.head());
            } else {
                checkEntry(log, entry, stored);
            }
        }
    }

    private void checkEntry(EventLog log, LogModel.Entry entry, LogEntry stored) {
        EventFrame frame = EventFrame.read(stored.frame());
        require(
                Checker.publicationOf(stored, world) == entry.publication()
                        && frame.id().equals(entry.id())
                        && frame.data().equals(entry.publication().event.data()),
                Rule.ONE_ORDER,
                "%s is now %s",
                entry,
                frame);
        OptionalLong offset = log.find(entry.id(), TestReaders.EVERYTHING);
        require(
                offset.isPresent() && offset.getAsLong() == entry.offset()
                        || flips > 0
                        || entry.offset() <= log.history().floor(),
                Rule.NO_ID_TWICE,
                "%s is found at %s",
                entry,
                offset);
    }

    private boolean mayBeEvicted(LogModel.Entry entry) {
        long maxEvents = setup.bounds().maxEvents();
        long newer = world.model.head() - entry.offset();
        Duration age = Duration.ofNanos(world.clock.elapsed() - entry.storedAt());
        Duration maxAge = setup.bounds().maxAge();
        return newer >= maxEvents - 2 * Math.max(1, maxEvents / 16)
                || age.compareTo(maxAge.minus(maxAge.dividedBy(8)).minus(AGE_TOLERANCE)) >= 0
                || world.clock.hasJumped()
                || disk.size() > setup.bounds().maxBytes() / 2;
    }

    /** Checks the log while no task is ready. */
    void settled(SimulatedServer server) {
        boolean healthy = !disk.isFaulty() && server.log.findOutage() == null;
        if (healthy) {
            for (LogModel.Entry entry : world.model.all()) {
                if (world.clock.elapsed() - entry.storedAt() >= SYNC_NANOS) {
                    safeUpTo = Math.max(safeUpTo, entry.offset());
                }
            }
            long events = server.log.head() - server.log.history().floor();
            long maxEvents = setup.bounds().maxEvents();
            require(
                    events <= maxEvents + Math.max(1, maxEvents / 16),
                    Rule.BOUNDED,
                    "the journal has %d events",
                    events);
            checkContents(server.log, read(server.log), Long.MAX_VALUE);
        }
    }
}
