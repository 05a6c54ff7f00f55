package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.Event;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import dev.courant.journal.JournalBounds;
import dev.courant.journal.JournalClocks;
import dev.courant.journal.JournalLog;
import dev.courant.journal.SyncMode;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay from a journal to a client that reconnects, with ten events of a topic in memory. */
class JournalGapTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final WindowBounds WIDE = new WindowBounds(1000, 1 << 24, Duration.ofHours(1));
    private static final WindowBounds TEN = new WindowBounds(10, 1 << 24, Duration.ofHours(1));

    @TempDir
    Path directory;

    @Test
    void theWindowOfATopicBoundsMemoryAndNotWhatCanBeResumedFrom() {
        try (JournalLog log = open(1000, "e")) {
            ThreadlessHub hub = new ThreadlessHub(log, Runnable::run);
            publish(hub, 1, 30);

            assertEquals(20, log.floor(TopicSelection.of(Set.of(new Topic("a"))), 0), "ten are in memory");
            assertEquals(numbers(6, 30), hub.resume("#e-5", "a").data());
            assertEquals(numbers(1, 30), hub.resume(Event.EARLIEST, "a").data());
        }
    }

    @Test
    void continuesWithTheOldestRetainedEventAfterAnEvictedOrUnknownId() {
        try (JournalLog log = open(15, "e")) {
            ThreadlessHub hub = new ThreadlessHub(log, Runnable::run);
            publish(hub, 1, 30);
            await(log, 15);

            for (String id : List.of("#e-5", "#e-31", "#other-20", "urn:unknown")) {
                List<Received> events = hub.resume(id, "a").received().events();
                String gap = "{\"requested\":\"" + id.replace("\"", "")
                        + "\",\"resumed\":\"#e-15\",\"completeAfter\":\"#e-15\"}";
                assertEquals(new Received("#e-15", "gap", gap), events.get(0));
                assertEquals(numbers(16, 30), data(events.subList(1, events.size())), id);
            }
            assertEquals(numbers(16, 30), hub.resume("#e-15", "a").data(), "and from the gap's own id");
        }
    }

    @Test
    void continuesAfterTheEndOfAnEarlierEpochForALostId() throws Exception {
        try (JournalLog log = open(1000, "e")) {
            publish(new ThreadlessHub(log, Runnable::run), 1, 20);
        }
        Files.delete(directory.resolve("courant.stopped")); // as after a power failure
        try (JournalLog log = open(1000, "f")) {
            ThreadlessHub hub = new ThreadlessHub(log, Runnable::run);
            publish(hub, 21, 30);

            List<Received> events = hub.resume("#e-25", "a").received().events();
            assertEquals(
                    new Received(
                            "#f-20",
                            "gap",
                            "{\"requested\":\"#e-25\",\"resumed\":\"#f-20\",\"completeAfter\":\"#f-20\"}"),
                    events.get(0));
            assertEquals(numbers(21, 30), data(events.subList(1, events.size())));
            assertEquals(numbers(19, 30), hub.resume("#e-18", "a").data());
        }
    }

    @Test
    void doesNotRevealWhetherAPrivateEventWithAnIdExists() {
        try (JournalLog log = open(1000, "e")) {
            ThreadlessHub hub = new ThreadlessHub(log, Runnable::run);
            publish(hub, 1, 2);
            hub.store(new Event(List.of(new Topic("secret")), true, "urn:known", null, null, "3"));
            publish(hub, 4, 30);

            assertEquals(
                    resume(hub, new NoTopics(), "urn:other").replace("urn:other", "urn:known"),
                    resume(hub, new NoTopics(), "urn:known"));
            assertEquals(
                    numbers(4, 30),
                    readers(hub, new PrefixSelector("secret"), "urn:known").data());
        }
    }

    private static String resume(ThreadlessHub hub, TopicSelector readable, String id) {
        return readers(hub, readable, id).received().events().toString();
    }

    private static RecordingConnection readers(ThreadlessHub hub, TopicSelector readable, String id) {
        RecordingConnection connection = new RecordingConnection();
        hub.subscribe(connection, id, new TopicSelection(Set.of(new Topic("a")), Set.of(), readable));
        hub.runTurns();
        return connection;
    }

    private JournalLog open(int maxEvents, String epoch) {
        return JournalLog.open(
                directory,
                new JournalBounds(maxEvents, 1L << 30, WEEK),
                SyncMode.INTERVAL,
                new RetentionBounds(WIDE, TEN),
                JournalClocks.system(),
                epoch,
                work -> {
                    Thread thread = new Thread(work, "journal");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private static void publish(ThreadlessHub hub, int from, int to) {
        numbers(from, to).forEach(data -> hub.store("a", data));
    }

    private static void await(JournalLog log, long floor) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (log.history().floor() < floor) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the floor is still " + log.history().floor());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> data(List<Received> events) {
        return events.stream().map(Received::data).toList();
    }
}
