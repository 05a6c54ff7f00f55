package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.CompressedRecords;
import dev.courant.brokers.ConsumerMetrics;
import dev.courant.brokers.TestCluster;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests topics that another program has created or writes to. */
class ForeignTopicTest {

    private static final WindowBounds SMALL_WINDOW = new WindowBounds(10, 1 << 24, Duration.ofHours(1));

    private static TestCluster brokers;

    @BeforeAll
    static void start() throws Exception {
        brokers = TestCluster.start(1);
    }

    @AfterAll
    static void stop() throws Exception {
        brokers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4", "snappy", "zstd"})
    void reportsABatchWithAnUnsupportedCompressionTypeUntilItIsDeleted(String codec) throws Exception {
        String topic = "compressed-by-" + codec;
        createTopic(topic, 1);
        try (LogNode node = openCounted(topic).awaitReady()) {
            node.publish("before");
            node.awaitWindow(0, 1);
            CompressedRecords.write(brokers, topic, codec, 20, System.currentTimeMillis());
            LogNode.await(() -> reportsBatch(node), () -> "problem: " + node.log.findOutage());
            String expected =
                    "Courant does not support the compression of a batch at or after offset 1 of the Kafka topic."
                            + " Set the topic's compression.type to \"uncompressed\", and delete the records up to the end of"
                            + " that batch.";
            assertEquals(expected, node.log.findOutage());
            ExecutionException failure = assertThrows(ExecutionException.class, () -> node.publish("refused"));
            assertEquals(expected, failure.getCause().getMessage());
            assertInstanceOf(LogUnavailableException.class, failure.getCause());
            try (LogNode later = openCounted(topic)) {
                LogNode.await(() -> reportsBatch(later), () -> "problem: " + later.log.findOutage());
                long fetches = ConsumerMetrics.countFetches("following");
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                assertEquals(fetches, ConsumerMetrics.countFetches("following"), "the batch is fetched again");
                deleteRecords(topic, 21);
                assertEquals(21, later.awaitReady().log.head());
            }
            node.awaitReady().publish("after");
            assertEquals(List.of("after"), node.awaitWindow(21, 1));
            assertFalse(node.log.canReplayFrom(LogNode.SELECTION, 1), "a gap");
        }
    }

    @Test
    void givesUpTheHistoryBeforeABatchThatItCannotRead() throws Exception {
        String topic = "compressed-long-ago";
        createTopic(topic, 1);
        CompressedRecords.write(
                brokers,
                topic,
                "zstd",
                20,
                System.currentTimeMillis() - Duration.ofHours(2).toMillis());
        try (LogNode node = openCounted(topic).awaitReady()) {
            assertEquals(20, node.log.head());
            node.publish(1, 110);
            node.awaitWindow(120, 10);
            assertTrue(node.log.canReplayFrom(LogNode.SELECTION, 10));
            assertEquals(LogNode.data(81, 100), node.readHistory(100, 120, 1 << 20));

            assertEquals(List.of(), node.readHistory(10, 130, 1 << 20));

            long fetches = ConsumerMetrics.countFetches("history");
            assertFalse(node.log.canReplayFrom(LogNode.SELECTION, 119), "a gap");
            assertEquals(120, node.log.findOldest(LogNode.SELECTION, 10, 130));
            assertEquals(List.of(), node.readHistory(10, 130, 1 << 20));
            assertEquals(fetches, ConsumerMetrics.countFetches("history"), "the batch is fetched again");
            assertEquals(null, node.log.findOutage());
            node.publish(111, 130);
            node.awaitWindow(140, 10);
            assertEquals(LogNode.data(111, 120), node.readHistory(130, 140, 1 << 20));
        }
    }

    private static boolean reportsBatch(LogNode node) {
        return String.valueOf(node.log.findOutage()).startsWith("Courant does not support the compression");
    }

    private static LogNode openCounted(String topic) {
        return new LogNode(
                new KafkaTopic(brokers.bootstrapServers(), topic, 0, 1 << 20, ConsumerMetrics.PROPERTIES),
                SMALL_WINDOW);
    }

    private static void deleteRecords(String topic, long before) throws Exception {
        brokers.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                .all()
                .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void waitsForTheOperatorToRecreateATopicWithTooManyPartitions() throws Exception {
        String topic = "of-three";
        createTopic(topic, 3);
        try (LogNode node = new LogNode(brokers, topic)) {
            LogNode.await(
                    () -> String.valueOf(node.log.findOutage()).contains("partitions"), () -> "no problem reported");
            brokers.admin().deleteTopics(List.of(topic)).all().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            LogNode.await(
                    () -> String.valueOf(node.log.findOutage()).contains("does not exist"),
                    () -> "no problem reported");
            createTopic(topic, 1);
            node.awaitReady();
            assertTrue(node.publish("one").endsWith("-1"));
        }
    }

    @Test
    void skipsRecordsThatAreNotEvents() throws Exception {
        String topic = "foreign";
        try (LogNode node = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady();
                ForeignProducer foreign = new ForeignProducer(brokers.bootstrapServers(), topic)) {
            node.publish("event 1");
            foreign.publish("no topic");
            foreign.send((byte[]) null, "topic", "news");
            foreign.publish("bad topic", "topic", "*");
            foreign.publish("bad id", "topic", "news", "id", "#x");
            foreign.publish("bad retry", "topic", "news", "retry", "soon");
            foreign.publish("bad number", "topic", "news", "key", "k", "digest", "d", "seen", "no");
            foreign.publish("event 2", "topic", "news", "extra", "\u0000");
            foreign.publish("event 3", "topic", "other", "topic", "news", "key", "not a node's");
            foreign.publish("event 4", "topic", "news", "type", "t", "key", "not a node's");
            foreign.send(new byte[] {(byte) 0xff}, "topic", "news");
            foreign.flush();
            node.publish("event 5");
            assertEquals(LogNode.data(1, 5), node.awaitWindow(0, 5));
            assertEquals(LogNode.data(1, 5), node.readHistory(0, node.log.head(), Integer.MAX_VALUE));
        }
    }

    @Test
    void rejectsATopicWithSeveralPartitions() throws Exception {
        String topic = "of-several";
        createTopic(topic, 3);
        try (LogNode node = new LogNode(brokers, topic)) {
            String expected = "The Kafka topic " + topic + " has 3 partitions, but needs exactly 1.";
            LogNode.await(() -> expected.equals(node.log.findOutage()), () -> "problem: " + node.log.findOutage());
            ExecutionException failure = assertThrows(ExecutionException.class, () -> node.publish("x"));
            assertEquals(expected, failure.getCause().getMessage());
        }
    }

    private static void createTopic(String topic, int partitions) throws Exception {
        NewTopic newTopic = new NewTopic(topic, partitions, (short) 1).configs(Map.of("compression.type", "producer"));
        brokers.admin().createTopics(List.of(newTopic)).all().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }
}
