package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestCluster;
import dev.courant.event.TestReaders;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Tests what a log reports during an outage of its broker, and that it recovers without intervention. */
class KafkaOutageTest {

    @Test
    void startsBeforeTheBrokersAndRecoversFromOutages() throws Exception {
        try (TestCluster brokers = TestCluster.prepare(1);
                LogNode node = new LogNode(brokers, "late", new WindowBounds(10, 1 << 20, Duration.ofHours(1)))) {
            assertUnavailable(node);
            assertThrows(LogUnavailableException.class, () -> node.log.idOf(0));
            assertThrows(LogUnavailableException.class, () -> node.log.find("#a-1", TestReaders.EVERYTHING));
            assertThrows(LogUnavailableException.class, () -> node.log.find("an id", TestReaders.EVERYTHING));
            assertThrows(LogUnavailableException.class, () -> node.log.history().floor());

            brokers.startAll();
            node.awaitReady();
            List<String> acknowledged = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                node.publish("event " + i);
                acknowledged.add("event " + i);
            }
            LogNode.await(() -> node.log.head() == 15, () -> "head " + node.log.head());

            brokers.leader("late").network().stall();
            assertUnavailable(node);
            assertThrows(LogUnavailableException.class, () -> node.log.history().read(LogNode.SELECTION, 0, 5, 1000));
            assertEquals(5, node.log.floor(LogNode.SELECTION, 0), "the window is still there");
            brokers.leader("late").network().restore();
            node.awaitReady();

            brokers.leader("late").network().disconnect();
            assertUnavailable(node);
            brokers.leader("late").network().restore();
            node.awaitReady();

            long end =
                    node.log.find(node.publish("end"), TestReaders.EVERYTHING).orElseThrow();
            acknowledged.add("end");
            List<String> all = new ArrayList<>(node.readHistory(0, end, 1000));
            all.removeIf(data -> data.equals("not acknowledged"));
            assertEquals(acknowledged, all);
        }
    }

    /** Publishes until publishing fails because of the outage. */
    private static void assertUnavailable(LogNode node) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> {
            while (true) {
                node.publish("not acknowledged");
            }
        });
        assertInstanceOf(LogUnavailableException.class, failure.getCause());
        assertNotNull(node.log.findOutage());
    }

    @Test
    void authenticatesWithTheClientProperties() throws Exception {
        String module = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
        Map<String, String> brokerProperties = Map.of(
                "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "listener.name.client.sasl.enabled.mechanisms", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config", module + "user_courant=\"right\";");
        try (TestCluster brokers = TestCluster.start(1, brokerProperties);
                LogNode wrongPassword = openNode(brokers, module + "username=\"courant\" password=\"wrong\";");
                LogNode rightPassword = openNode(brokers, module + "username=\"courant\" password=\"right\";")) {
            rightPassword.awaitReady().publish("event");
            assertEquals(List.of("event"), rightPassword.awaitWindow(0, 1));
            String expected =
                    "Kafka rejects Courant's credentials or certificate, or Courant does not trust Kafka's certificate.";
            LogNode.await(
                    () -> expected.equals(wrongPassword.log.findOutage()),
                    () -> "problem: " + wrongPassword.log.findOutage());
        }
    }

    private static LogNode openNode(TestCluster brokers, String config) {
        Map<String, String> client =
                Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", config);
        KafkaTopic topic = new KafkaTopic(brokers.bootstrapServers(), "guarded", 0, 1000, client);
        assertFalse(topic.toString().contains("password"));
        return new LogNode(topic, LogNode.LARGE_WINDOW);
    }

    @Test
    void rejectsInvalidProperties() {
        for (Map<String, String> client : List.of(
                Map.of("request.timeout.ms", "soon"),
                Map.of("fetch.max.wait.ms", "-1"),
                Map.of("delivery.timeout.ms", "1"),
                Map.of("security.protocol", "SSL", "ssl.truststore.location", "missing.jks"))) {
            KafkaTopic topic = new KafkaTopic("127.0.0.1:1", "t", 0, 1000, client);
            IllegalArgumentException failure =
                    assertThrows(IllegalArgumentException.class, () -> new LogNode(topic, LogNode.LARGE_WINDOW));
            assertTrue(failure.getMessage().lines().count() == 1, failure.getMessage());
        }
    }
}
