package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.ConsumerMetrics;
import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts the fetches from the broker while 100 clients replay 3,000 events of 300 bytes (1 MB) at the same time. */
class KafkaReplayReadsTest {

    private static final int CLIENTS = 100;
    private static final int EVENTS = 3000;

    private static TestCluster brokers;

    @BeforeAll
    static void start() throws Exception {
        brokers = TestCluster.start(1);
        try (KafkaLog log = open()) {
            List<CompletableFuture<EventId>> sent = IntStream.rangeClosed(1, EVENTS)
                    .mapToObj(number -> log.append(Event.message(new Topic("a"), "x".repeat(300)))
                            .toCompletableFuture())
                    .toList();
            for (CompletableFuture<EventId> each : sent) {
                each.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        brokers.close();
    }

    private static KafkaLog open() {
        KafkaLog log = new KafkaLog(
                new KafkaTopic(brokers.bootstrapServers(), "replay", 0, 1 << 20, ConsumerMetrics.PROPERTIES),
                RetentionBounds.of(new WindowBounds(10, 1 << 24, Duration.ofHours(1))),
                System::nanoTime,
                Thread::new);
        long deadline = System.nanoTime() + TestDeadline.DURATION.toNanos();
        while (log.findOutage() != null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return log;
    }

    @Test
    void sharesTheReadsOfClientsWithOneCursor() {
        assertFewFetches((hub, client) -> hub.resume(id(hub, 100), "a"), 20);
    }

    @Test
    void sharesTheReadsOfClientsWithDifferentCursors() {
        assertFewFetches((hub, client) -> hub.resume(id(hub, client), "a"), 2000);
    }

    @Test
    void sharesTheReadsOfClientsWithDifferentTopics() {
        assertFewFetches((hub, client) -> hub.resume(id(hub, 100), "a", "other" + client), 2000);
    }

    private static String id(ThreadlessHub hub, int offset) {
        return new EventId(hub.hub.newestId().epoch(), offset).toString();
    }

    private static void assertFewFetches(
            BiFunction<ThreadlessHub, Integer, RecordingConnection> client, int maxReadsOfHub) {
        long fetchesBefore = ConsumerMetrics.countFetches("history");
        int readsOfHub = 0;
        try (KafkaLog log = open()) {
            Queue<Runnable> reads = new ArrayDeque<>();
            ThreadlessHub hub = new ThreadlessHub(log, reads::add);
            List<RecordingConnection> connections = IntStream.rangeClosed(1, CLIENTS)
                    .mapToObj(number -> client.apply(hub, number))
                    .toList();
            while (!reads.isEmpty()) {
                readsOfHub++;
                reads.remove().run();
                if (reads.isEmpty()) {
                    hub.runTurns();
                }
            }
            for (RecordingConnection connection : connections) {
                assertTrue(connection.data().size() >= EVENTS - CLIENTS);
            }
            long fetches = ConsumerMetrics.countFetches("history") - fetchesBefore;
            assertTrue(readsOfHub <= maxReadsOfHub, "reads of the hub: " + readsOfHub);
            assertTrue(fetches <= 10, "fetches: " + fetches);
        }
    }
}
