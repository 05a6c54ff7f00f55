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

/** A topic that others have made, or write to. */
class ForeignTopicTest {

    private static final WindowBounds NARROW = new WindowBounds(10, 1 << 24, Duration.ofHours(1));

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
    void passesOverWhatIsCompressedInAWayThatItDoesNotKnow(String codec) throws Exception {
        String topic = "compressed-by-" + codec;
        make(topic, 1);
        try (LogNode node = new LogNode(brokers, topic, NARROW).ready()) {
            node.publish("before");
            CompressedRecords.write(brokers, topic, codec, 20);
            node.publish("after");
            assertEquals(List.of("after"), node.window(1, 1));
            for (int i = 0; i < 10; i++) {
                node.publish("more " + i);
            }
            long head = node.log.head();
            assertEquals(
                    List.of("before", "after"), node.history(0, head, 1 << 20).subList(0, 2));
        }
        try (LogNode later = new LogNode(brokers, topic, NARROW).ready()) {
            later.publish("still");
        }
    }

    @Test
    void leavesItToTheOperatorToMakeATopicAnewThatWasOfTheWrongShape() throws Exception {
        String topic = "of-three";
        make(topic, 3);
        try (LogNode node = new LogNode(brokers, topic)) {
            LogNode.await(() -> String.valueOf(node.log.findOutage()).contains("partitions"), () -> "unnoticed");
            brokers.admin().deleteTopics(List.of(topic)).all().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            LogNode.await(() -> String.valueOf(node.log.findOutage()).contains("does not exist"), () -> "unnoticed");
            make(topic, 1);
            node.ready();
            assertTrue(node.publish("one").endsWith("-1"));
        }
    }

    @Test
    void leavesOutRecordsThatAreNoEvents() throws Exception {
        String topic = "foreign";
        try (LogNode node = new LogNode(brokers, topic, NARROW).ready();
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
            assertEquals(LogNode.data(1, 5), node.window(0, 5));
            assertEquals(LogNode.data(1, 5), node.history(0, node.log.head(), Integer.MAX_VALUE));
        }
    }

    @Test
    void refusesATopicOfSeveralPartitions() throws Exception {
        String topic = "of-several";
        make(topic, 3);
        try (LogNode node = new LogNode(brokers, topic)) {
            String expected = "The topic " + topic + " has 3 partitions in Kafka, but has to have 1.";
            LogNode.await(() -> expected.equals(node.log.findOutage()), () -> "trouble " + node.log.findOutage());
            ExecutionException refused = assertThrows(ExecutionException.class, () -> node.publish("x"));
            assertEquals(expected, refused.getCause().getMessage());
        }
    }

    private static void make(String topic, int partitions) throws Exception {
        NewTopic made = new NewTopic(topic, partitions, (short) 1).configs(Map.of("compression.type", "producer"));
        brokers.admin().createTopics(List.of(made)).all().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
    }
}
