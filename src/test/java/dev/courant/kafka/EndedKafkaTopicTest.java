package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.brokers.TestCluster;
import dev.courant.event.Event;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.TopicEndedException;
import dev.courant.support.TestDeadline;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a topic of events in a Kafka topic, with a real broker. */
class EndedKafkaTopicTest {

    @Test
    void everyNodeRefusesOrDropsWhatFollowsTheEnd() throws Exception {
        try (TestCluster brokers = TestCluster.start(1);
                LogNode one = new LogNode(brokers, "ended").awaitReady();
                LogNode other = new LogNode(brokers, "ended").awaitReady();
                ForeignProducer racing = new ForeignProducer(brokers.bootstrapServers(), "ended")) {
            Event end = Event.end(List.of(LogNode.NEWS), false, null, "last");
            one.publish(1, 1);
            one.log
                    .append(end, IdempotencyKey.of("end", end))
                    .toCompletableFuture()
                    .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            racing.publish("behind the end", "topic", "news");
            racing.publish("another", "topic", "other");
            List<String> kept = List.of("event 1", "last");
            for (LogNode node : List.of(one, other)) {
                LogNode.await(() -> node.log.head() >= 4, () -> "at " + node.log.head());
                assertEquals(kept, node.awaitWindow(0, 2));
                for (String key : new String[] {null, "k"}) {
                    assertInstanceOf(
                            TopicEndedException.class,
                            assertThrows(ExecutionException.class, () -> node.publish("more", key))
                                    .getCause());
                }
            }
            try (LogNode later = new LogNode(brokers, "ended").awaitReady()) {
                assertEquals(kept, later.awaitWindow(0, 2));
            }
        }
    }
}
