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

/** What a log says while its broker is not there, and that it needs nobody's help afterwards. */
class KafkaOutageTest {

    @Test
    void startsBeforeTheBrokersAndOutlivesTheirOutages() throws Exception {
        try (TestCluster brokers = TestCluster.prepare(1);
                LogNode node = new LogNode(brokers, "late", new WindowBounds(10, 1 << 20, Duration.ofHours(1)))) {
            assertUnavailable(node);
            assertThrows(LogUnavailableException.class, () -> node.log.idOf(0));
            assertThrows(LogUnavailableException.class, () -> node.log.find("#a-1", TestReaders.EVERYTHING));
            assertThrows(LogUnavailableException.class, () -> node.log.find("an id", TestReaders.EVERYTHING));
            assertThrows(LogUnavailableException.class, () -> node.log.history().floor());

            brokers.startAll();
            node.ready();
            List<String> acknowledged = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                node.publish("event " + i);
                acknowledged.add("event " + i);
            }
            LogNode.await(() -> node.log.head() == 15, () -> "head " + node.log.head());

            brokers.leader("late").network().swallow();
            assertUnavailable(node);
            assertThrows(LogUnavailableException.class, () -> node.log.history().read(LogNode.SELECTION, 0, 5, 1000));
            assertEquals(5, node.log.floor(LogNode.SELECTION, 0), "the window is still there");
            brokers.leader("late").network().restore();
            node.ready();

            brokers.leader("late").network().refuse();
            assertUnavailable(node);
            brokers.leader("late").network().restore();
            node.ready();

            long end =
                    node.log.find(node.publish("end"), TestReaders.EVERYTHING).orElseThrow();
            acknowledged.add("end");
            List<String> all = new ArrayList<>(node.history(0, end, 1000));
            all.removeIf(data -> data.equals("not acknowledged"));
            assertEquals(acknowledged, all);
        }
    }

    /** Publishes until it is refused because of the brokers. */
    private static void assertUnavailable(LogNode node) {
        ExecutionException refused = assertThrows(ExecutionException.class, () -> {
            while (true) {
                node.publish("not acknowledged");
            }
        });
        assertInstanceOf(LogUnavailableException.class, refused.getCause());
        assertNotNull(node.log.findOutage());
    }

    @Test
    void signsInByTheClientsOwnProperties() throws Exception {
        String module = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
        Map<String, String> guarded = Map.of(
                "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "listener.name.client.sasl.enabled.mechanisms", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config", module + "user_courant=\"right\";");
        try (TestCluster brokers = TestCluster.start(1, guarded);
                LogNode wrong = signedIn(brokers, module + "username=\"courant\" password=\"wrong\";");
                LogNode right = signedIn(brokers, module + "username=\"courant\" password=\"right\";")) {
            right.ready().publish("event");
            assertEquals(List.of("event"), right.window(0, 1));
            String expected = "Kafka does not accept our credentials or certificate, or we do not accept its own.";
            LogNode.await(() -> expected.equals(wrong.log.findOutage()), () -> "trouble " + wrong.log.findOutage());
        }
    }

    private static LogNode signedIn(TestCluster brokers, String config) {
        Map<String, String> client =
                Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", config);
        KafkaTopic topic = new KafkaTopic(brokers.bootstrapServers(), "guarded", 0, 1000, client);
        assertFalse(topic.toString().contains("password"));
        return new LogNode(topic, LogNode.ROOMY);
    }

    @Test
    void refusesPropertiesThatCannotBeMeant() {
        for (Map<String, String> client : List.of(
                Map.of("request.timeout.ms", "soon"),
                Map.of("fetch.max.wait.ms", "-1"),
                Map.of("delivery.timeout.ms", "1"),
                Map.of("security.protocol", "SSL", "ssl.truststore.location", "missing.jks"))) {
            KafkaTopic topic = new KafkaTopic("127.0.0.1:1", "t", 0, 1000, client);
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new LogNode(topic, LogNode.ROOMY));
            assertTrue(refused.getMessage().lines().count() == 1, refused.getMessage());
        }
    }
}
