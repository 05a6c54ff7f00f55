package dev.courant.brokers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.support.TestDeadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Tests the features of the cluster that other tests depend on. */
class TestClusterTest {

    @Test
    void storesRecordsOnlyWhileItsNetworkIsConnected() throws Exception {
        try (TestCluster brokers = TestCluster.start(1);
                Producer<String, String> producer = new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers", brokers.bootstrapServers(),
                                "linger.ms", "0",
                                "delivery.timeout.ms", "1000",
                                "request.timeout.ms", "500",
                                "max.block.ms", "30000"),
                        new StringSerializer(),
                        new StringSerializer())) {
            brokers.admin()
                    .createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty())))
                    .all()
                    .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertEquals(0, send(producer));
            BrokerNetwork network = brokers.leader("t").network();
            network.stall();
            assertThrows(ExecutionException.class, () -> send(producer));
            network.restore();
            network.disconnect();
            assertThrows(ExecutionException.class, () -> send(producer));
            network.restore();
            send(producer);
        }
    }

    private static long send(Producer<String, String> producer) throws Exception {
        return producer.send(new ProducerRecord<>("t", "v"))
                .get(TestDeadline.SECONDS, TimeUnit.SECONDS)
                .offset();
    }
}
