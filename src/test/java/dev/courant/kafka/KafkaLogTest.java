package dev.courant.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.log.EventTooLargeException;
import dev.courant.log.LogEntry;
import dev.courant.log.ReplayLimit;
import dev.courant.log.WindowBounds;
import dev.courant.support.LogCapture;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Tests the log with a real broker. Each test has its own topic. */
class KafkaLogTest {

    private static final WindowBounds SMALL_WINDOW = new WindowBounds(10, 1 << 24, Duration.ofHours(1));

    private static TestCluster brokers;

    private String topic;

    @BeforeAll
    static void start() throws Exception {
        brokers = TestCluster.start(1);
    }

    @AfterAll
    static void stop() throws Exception {
        brokers.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void logsNoProblemWhenItCreatesTheTopic() throws Exception {
        try (LogCapture capture = new LogCapture();
                LogNode node = new LogNode(brokers, topic)) {
            node.awaitReady();

            assertEquals(
                    List.of("Created the Kafka topic " + topic),
                    capture.messages().stream()
                            .filter(message -> message.contains(topic))
                            .toList());
        }
    }

    @Test
    void createsTheTopicAndDeliversEventsOnEveryNode() throws Exception {
        try (LogNode one = new LogNode(brokers, topic).awaitReady();
                LogNode other = new LogNode(brokers, topic).awaitReady()) {
            List<String> ids = one.publish(1, 5);

            assertEquals(LogNode.data(1, 5), one.awaitWindow(0, 5));
            assertEquals(LogNode.data(1, 5), other.awaitWindow(0, 5));
            assertEquals(5, other.log.find(ids.get(4), TestReaders.EVERYTHING).orElseThrow());
            assertEquals(ids.get(4), other.log.idOf(5).toString());
            var created = brokers.admin()
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertEquals(1, created.get(topic).partitions().size());
        }
    }

    @Test
    void storesAllFieldsOfAnEvent() throws Exception {
        Event event = new Event(
                List.of(LogNode.NEWS, new Topic("ä b")),
                true,
                "my id",
                "a type",
                Duration.ofMillis(7),
                "\u20ac\r\n\0x");
        try (LogNode node = new LogNode(brokers, topic).awaitReady()) {
            node.log.append(event).toCompletableFuture().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            LogNode.await(() -> node.log.next(0) != null, () -> "no event");
            LogEntry entry = node.log.next(0);
            assertEquals(event.topics(), entry.topics());
            assertTrue(entry.restricted());
            assertEquals("my id", entry.publishedId());
            assertEquals(
                    "id: my id\nevent: a type\nretry: 7\ndata: \u20ac\ndata: \0x\n\n",
                    new String(entry.frame(), UTF_8));
            assertEquals(OptionalLong.of(1), node.log.find("my id", TestReaders.EVERYTHING));
        }
    }

    @Test
    void assignsTheSameIdsAfterARestart() throws Exception {
        List<String> ids;
        try (LogNode node = new LogNode(brokers, topic).awaitReady()) {
            ids = node.publish(1, 5);
        }
        try (LogNode node = new LogNode(brokers, topic).awaitReady()) {
            assertEquals(5, node.log.head());
            assertEquals(3, node.log.find(ids.get(2), TestReaders.EVERYTHING).orElseThrow());
            assertEquals(LogNode.data(4, 5), node.awaitWindow(3, 2));
        }
    }

    @Test
    void waitsForAnEventThatAClientReceivedFromAFasterNode() throws Exception {
        try (LogNode node = new LogNode(brokers, topic).awaitReady()) {
            for (int i = 1; i <= 200; i++) {
                String id = node.publish("event " + i);
                // The broker's acknowledgement often arrives before the node has read the record back.
                assertEquals(i, node.log.find(id, TestReaders.EVERYTHING).orElseThrow());
            }
            EventId newest = node.log.idOf(node.log.head());
            assertEquals(
                    OptionalLong.empty(),
                    node.log.find(new EventId(newest.epoch(), 201).toString(), TestReaders.EVERYTHING));
            assertEquals(OptionalLong.empty(), node.log.find("#other-3", TestReaders.EVERYTHING));
        }
    }

    @Test
    void readsBackAllAcknowledgedEventsBeforeItCloses() throws Exception {
        for (int round = 1; round <= 5; round++) {
            try (LogNode node = new LogNode(brokers, topic + round).awaitReady()) {
                node.publish("first");
                List<CompletableFuture<EventId>> sent = IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> node.send("event " + i, null))
                        .toList();
                node.close();
                long acknowledged = sent.stream()
                        .filter(each -> each.isDone() && !each.isCompletedExceptionally())
                        .mapToLong(each -> each.join().offset())
                        .max()
                        .orElse(0);
                assertTrue(node.log.head() >= acknowledged, node.log.head() + " of " + acknowledged);
            }
        }
    }

    @Test
    void readsEventsThatHaveLeftTheWindow() throws Exception {
        try (LogNode node = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady()) {
            List<CompletableFuture<EventId>> sent = IntStream.rangeClosed(1, 3000)
                    .mapToObj(i -> node.send("event " + i, null))
                    .toList();
            for (CompletableFuture<EventId> each : sent) {
                each.get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            }
            LogNode.await(() -> node.log.head() == 3000, () -> "head " + node.log.head());

            assertTrue(node.log.canReplayFrom(LogNode.SELECTION, 0));
            assertEquals(LogNode.data(1, 3000), node.readHistory(0, 3000, Integer.MAX_VALUE));
            assertEquals(LogNode.data(1, 3000), node.readHistory(0, 3000, 1));
            assertEquals(LogNode.data(1501, 2100), node.readHistory(1500, 2100, 1000));
            assertEquals(500, node.log.findReplayStart(LogNode.SELECTION, 0, new ReplayLimit(2500, 1 << 24)));
            assertEquals(0, node.log.findReplayStart(LogNode.SELECTION, 0, new ReplayLimit(3000, 1 << 24)));
            assertEquals(2995, node.log.findReplayStart(LogNode.SELECTION, 0, new ReplayLimit(5, 1 << 24)));
        }
        try (LogNode later = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady()) {
            assertEquals(3000, later.log.head());
            assertEquals(LogNode.data(2991, 3000), later.awaitWindow(2990, 10));
            assertEquals(LogNode.data(1, 3000), later.readHistory(0, 3000, 64 * 1024));
        }
    }

    @Test
    void rejectsAnEventThatIsTooLargeForTheTopic() throws Exception {
        brokers.admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", "1000"))))
                .all()
                .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        try (LogNode node = new LogNode(brokers, topic).awaitReady()) {
            ExecutionException failure = assertThrows(ExecutionException.class, () -> node.publish("x".repeat(2000)));
            assertInstanceOf(EventTooLargeException.class, failure.getCause());
            node.publish("x");
            assertEquals(null, node.log.findOutage());
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        var before = new HashSet<>(Thread.getAllStackTraces().keySet());
        try (LogNode node = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady()) {
            node.publish(1, 30);
            node.awaitWindow(20, 10);
            node.readHistory(0, 20, 1000);
        }
        LogNode.await(() -> before.containsAll(Thread.getAllStackTraces().keySet()), () -> "left " + left(before));
    }

    private static List<String> left(HashSet<Thread> before) {
        var left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        return left.stream().map(Thread::getName).toList();
    }
}
