package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.CompressedRecords;
import dev.courant.brokers.TestCluster;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
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
    void skipsRecordsWithAnUnsupportedCompressionType(String codec) throws Exception {
        String topic = "compressed-by-" + codec;
        createTopic(topic, 1);
        try (LogNode node = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady()) {
            node.publish("before");
            CompressedRecords.write(brokers, topic, codec, 20);
            node.publish("after");
            assertEquals(List.of("after"), node.awaitWindow(1, 1));
            for (int i = 0; i < 10; i++) {
                node.publish("more " + i);
            }
            long head = node.log.head();
            assertEquals(
                    List.of("before", "after"),
                    node.readHistory(0, head, 1 << 20).subList(0, 2));
        }
        try (LogNode later = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady()) {
            later.publish("still");
        }
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
