package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.Brokers;
import dev.courant.brokers.CompressedRecords;
import dev.courant.log.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic that others have made, or write to. */
class ForeignTopicTest {

    private static final Window NARROW = new Window(5, 1 << 24, Duration.ofHours(1));

    private static Brokers brokers;

    @BeforeAll
    static void start() throws Exception {
        brokers = Brokers.start(1);
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
        try (Node node = new Node(brokers, topic, NARROW).ready()) {
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
        try (Node later = new Node(brokers, topic, NARROW).ready()) {
            later.publish("still");
        }
    }

    @Test
    void leavesItToTheOperatorToMakeATopicAnewThatWasOfTheWrongShape() throws Exception {
        String topic = "of-three";
        make(topic, 3);
        try (Node node = new Node(brokers, topic)) {
            Node.await(() -> String.valueOf(node.log.trouble()).contains("partitions"), () -> "unnoticed");
            brokers.admin().deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            Node.await(() -> String.valueOf(node.log.trouble()).contains("does not exist"), () -> "unnoticed");
            make(topic, 1);
            node.ready();
            assertTrue(node.publish("one").endsWith("-1"));
        }
    }

    private static void make(String topic, int partitions) throws Exception {
        NewTopic made = new NewTopic(topic, partitions, (short) 1).configs(Map.of("compression.type", "producer"));
        brokers.admin().createTopics(List.of(made)).all().get(30, TimeUnit.SECONDS);
    }
}
