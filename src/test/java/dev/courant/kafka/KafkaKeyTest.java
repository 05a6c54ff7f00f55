package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestCluster;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.log.KeyReusedException;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Tests idempotency keys with a real broker. */
class KafkaKeyTest {

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
    void storesAnEventOnceThatTwoNodesPublishWithOneKey() throws Exception {
        try (LogNode one = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady();
                LogNode other = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady()) {
            for (int i = 1; i <= 100; i++) {
                CompletableFuture<EventId> first = one.send("event " + i, "key " + i);
                CompletableFuture<EventId> second = other.send("event " + i, "key " + i);
                assertEquals(
                        first.get(TestDeadline.SECONDS, TimeUnit.SECONDS),
                        second.get(TestDeadline.SECONDS, TimeUnit.SECONDS));
            }
            assertEquals(one.publish("event 7", "key 7"), other.publish("event 7", "key 7"));
            String end = one.publish("end");
            long head = other.log.find(end, TestReaders.EVERYTHING).orElseThrow();
            assertTrue(head > 101, "some were sent twice, or this tests nothing");

            List<String> all = new ArrayList<>(LogNode.data(1, 100));
            all.add("end");
            assertEquals(all, other.readHistory(0, head, Integer.MAX_VALUE));
            try (LogNode later = new LogNode(brokers, topic).awaitReady()) {
                assertEquals(all, later.awaitWindow(0, 101));
                assertEquals(one.publish("event 9", "key 9"), later.publish("event 9", "key 9"));
                assertEquals(head, later.log.head());
            }
        }
    }

    @Test
    void rejectsAnotherEventWithAKeyOfAnyNode() throws Exception {
        try (LogNode one = new LogNode(brokers, topic).awaitReady();
                LogNode other = new LogNode(brokers, topic).awaitReady()) {
            String id = one.publish("first", "key");
            other.log.find(id, TestReaders.EVERYTHING);
            ExecutionException failure = assertThrows(ExecutionException.class, () -> other.publish("second", "key"));
            assertInstanceOf(KeyReusedException.class, failure.getCause());

            int reused = 0;
            for (int i = 0; i < 50; i++) {
                CompletableFuture<EventId> first = one.send("one " + i, "both " + i);
                CompletableFuture<EventId> second = other.send("other " + i, "both " + i);
                int failed = 0;
                for (CompletableFuture<EventId> each : List.of(first, second)) {
                    LogNode.await(each::isDone, () -> "no response");
                    failed += each.isCompletedExceptionally() ? 1 : 0;
                }
                reused += failed;
            }
            assertEquals(50, reused, "one of each two");
        }
    }

    @Test
    void skipsDuplicatesFromAnyStartOffset() throws Exception {
        try (LogNode node = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady();
                ForeignProducer foreign = new ForeignProducer(brokers.bootstrapServers(), topic)) {
            List<String> expected = new ArrayList<>();
            for (int offset = 0; offset < 1100; offset++) {
                String data = "event " + offset;
                switch (offset) {
                    case 900 -> sendWithKey(foreign, data, "far", 899);
                    case 1023 -> sendWithKey(foreign, data, "near", 1000);
                    case 1024 -> sendWithKey(foreign, "duplicates 1023", "near", 1000);
                    case 1030 -> sendWithKey(foreign, "duplicates 900", "far", 899);
                    case 1040 -> sendWithKey(foreign, data, "near", 1035);
                    default -> foreign.send(data, "topic", "news");
                }
                if (offset != 1024 && offset != 1030) {
                    expected.add(data);
                }
            }
            foreign.flush();
            LogNode.await(() -> node.log.head() == 1100, () -> "head " + node.log.head());
            assertEquals(expected.subList(1020, 1098), node.readHistory(1020, 1100, Integer.MAX_VALUE));
            assertEquals(expected, node.readHistory(0, 1100, Integer.MAX_VALUE));
        }
    }

    private static void sendWithKey(ForeignProducer foreign, String data, String key, int knownUpTo) {
        foreign.send(data, "topic", "news", "key", key, "digest", "d", "seen", Integer.toString(knownUpTo));
    }
}
