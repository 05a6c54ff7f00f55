package dev.courant.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestCluster;
import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Tests a topic that is re-created, or whose events the brokers delete, while a node uses it. */
class ChangedTopicTest {

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
    void startsAnEpochWhenTheTopicIsRecreated() throws Exception {
        try (LogNode node = new LogNode(brokers, topic).awaitReady()) {
            List<String> ids = node.publish(1, 5);
            node.awaitWindow(0, 5);
            String epoch = EventId.parse(ids.get(0)).epoch();

            brokers.admin().deleteTopics(List.of(topic)).all().get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            LogNode.await(() -> node.log.findOutage() != null, () -> "no problem reported");
            brokers.admin()
                    .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            LogNode.await(() -> !node.log.idOf(node.log.head()).epoch().equals(epoch), () -> "the epoch is the same");
            node.awaitReady();

            OptionalLong old = node.log.find(ids.get(4), TestReaders.EVERYTHING);
            assertEquals(OptionalLong.of(5), old);
            assertFalse(node.log.canReplayFrom(LogNode.SELECTION, 5), "a gap, even after the last event");
            assertEquals(OptionalLong.empty(), node.log.find(new EventId(epoch, 6).toString(), TestReaders.EVERYTHING));
            assertEquals(
                    5,
                    node.log.findEndOfEpoch(new EventId(epoch, 6).toString()),
                    "the client continues with the new topic");
            long head = node.log.head();
            List<String> newIds = node.publish(6, 8);
            assertEquals(LogNode.data(6, 8), node.awaitWindow(head, 3));
            assertEquals(
                    LogNode.data(6, 8),
                    node.readHistory(
                            head,
                            node.log.find(newIds.get(2), TestReaders.EVERYTHING).orElseThrow(),
                            1000));
            assertNotEquals(epoch, EventId.parse(newIds.get(0)).epoch());
            assertEquals(1, EventId.parse(newIds.get(0)).offset());
            try (LogNode later = new LogNode(brokers, topic).awaitReady()) {
                assertEquals(
                        1, later.log.find(newIds.get(0), TestReaders.EVERYTHING).orElseThrow());
                assertEquals(OptionalLong.empty(), later.log.find(ids.get(4), TestReaders.EVERYTHING));
            }
        }
    }

    @Test
    void raisesItsFloorWhenTheBrokersDeleteEvents() throws Exception {
        try (LogNode node = new LogNode(brokers, topic, SMALL_WINDOW).awaitReady()) {
            node.publish(1, 40);
            node.awaitWindow(30, 10);
            assertTrue(node.log.canReplayFrom(LogNode.SELECTION, 3));
            brokers.admin()
                    .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(20)))
                    .all()
                    .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            LogNode.await(
                    () -> node.log.history().floor() == 20,
                    () -> "floor " + node.log.history().floor());
            assertFalse(node.log.canReplayFrom(LogNode.SELECTION, 19));
            assertTrue(node.log.canReplayFrom(LogNode.SELECTION, 20));
            assertEquals(LogNode.data(21, 40), node.readHistory(20, 40, 100));
        }
        try (LogNode later = new LogNode(brokers, topic).awaitReady()) {
            assertEquals(LogNode.data(21, 40), later.awaitWindow(20, 20));
            assertFalse(later.log.canReplayFrom(LogNode.SELECTION, 19));
        }
    }

    @Test
    void continuesAfterAGapWhenTheBrokersDeleteUnreadEvents() throws Exception {
        try (LogNode node = new LogNode(brokers, topic).awaitReady()) {
            node.publish(1, 3);
            node.awaitWindow(0, 3);
            brokers.leader(topic).network().stall();
            try (ForeignProducer foreign = new ForeignProducer(brokers.internalServers(), topic)) {
                for (int i = 4; i <= 20; i++) {
                    foreign.publish("event " + i, "topic", "news");
                }
                brokers.admin()
                        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(15)))
                        .all()
                        .get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            }
            brokers.leader(topic).network().disconnect(); // discards the stalled traffic
            brokers.leader(topic).network().restore();
            assertEquals(LogNode.data(16, 20), node.awaitWindow(15, 5));
            assertFalse(node.log.canReplayFrom(LogNode.SELECTION, 3), "a gap");
            assertTrue(node.log.canReplayFrom(LogNode.SELECTION, 15));
        }
    }
}
