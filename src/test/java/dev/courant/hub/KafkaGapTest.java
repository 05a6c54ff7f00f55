package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.brokers.TestCluster;
import dev.courant.event.EventId;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.kafka.KafkaLog;
import dev.courant.kafka.KafkaTopic;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The replay from Kafka to a client that reconnects, with ten events of a topic in memory. */
class KafkaGapTest {

    private static final String TOPIC = "gaps";
    private static final TopicSelection A = TopicSelection.of(Set.of(new Topic("a")));
    private static final WindowBounds WIDE = new WindowBounds(1000, 1 << 24, Duration.ofHours(1));
    private static final WindowBounds TEN = new WindowBounds(10, 1 << 24, Duration.ofHours(1));

    @Test
    void continuesWithTheOldestEventThatTheBrokersRetain() throws Exception {
        try (TestCluster brokers = TestCluster.start(1);
                KafkaLog log = new KafkaLog(
                        new KafkaTopic(brokers.bootstrapServers(), TOPIC, 0, 1 << 20, Map.of()),
                        new RetentionBounds(WIDE, TEN),
                        System::nanoTime,
                        Thread::new)) {
            await(() -> log.findOutage() == null);
            ThreadlessHub hub = new ThreadlessHub(log, Runnable::run);
            numbers(1, 30).forEach(data -> hub.store("a", data));
            await(() -> log.head() == 30);
            String epoch = log.idOf(30).epoch();
            String seen = new EventId(epoch, 5).toString();

            assertEquals(20, log.floor(A, 0), "ten are in memory");
            assertEquals(
                    numbers(6, 30),
                    hub.resume(seen, "a").data(),
                    "the brokers retain the events that the window evicted");

            brokers.admin()
                    .deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(15)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            await(() -> log.history().floor() == 15);
            String resumed = new EventId(epoch, 15).toString();
            for (String id : List.of(seen, new EventId(epoch, 31).toString(), "#other-20", "urn:unknown")) {
                List<Received> events = hub.resume(id, "a").received().events();
                String gap = "{\"requested\":\"" + id + "\",\"resumed\":\"" + resumed + "\",\"completeAfter\":\""
                        + resumed + "\"}";
                assertEquals(new Received(resumed, "gap", gap), events.get(0));
                assertEquals(numbers(16, 30), data(events.subList(1, events.size())), id);
            }
            assertEquals(numbers(16, 30), hub.resume(resumed, "a").data(), "and from the gap's own id");
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition was not met in time");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> data(List<Received> events) {
        return events.stream().map(Received::data).toList();
    }
}
