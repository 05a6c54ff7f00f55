package dev.courant.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.Brokers;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.log.Entry;
import dev.courant.log.EventTooLargeException;
import dev.courant.log.KeyReusedException;
import dev.courant.log.ReplayLimit;
import dev.courant.log.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Against a real broker; each test has a topic of its own. */
class KafkaLogTest {

    private static final Window NARROW = new Window(10, 1 << 24, Duration.ofHours(1));

    private static Brokers brokers;

    private String topic;

    @BeforeAll
    static void start() throws Exception {
        brokers = Brokers.start(1);
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
    void makesTheTopicAndTellsWhatOneNodePublishesOnEveryNode() throws Exception {
        try (Node one = new Node(brokers, topic).ready();
                Node other = new Node(brokers, topic).ready()) {
            List<String> ids = publish(one, 1, 5);

            assertEquals(data(1, 5), one.window(0, 5));
            assertEquals(data(1, 5), other.window(0, 5));
            assertEquals(5, other.log.find(ids.get(4)).orElseThrow());
            assertEquals(ids.get(4), other.log.idOf(5).toString());
            var made = brokers.admin()
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS);
            assertEquals(1, made.get(topic).partitions().size());
        }
    }

    @Test
    void keepsAllOfAnEvent() throws Exception {
        Event event = new Event(
                List.of(Node.NEWS, new Topic("ä b")), true, "my id", "a type", Duration.ofMillis(7), "\u20ac\r\n\0x");
        try (Node node = new Node(brokers, topic).ready()) {
            node.log.append(event).toCompletableFuture().get(30, TimeUnit.SECONDS);
            Node.await(() -> node.log.next(0) != null, () -> "nothing came");
            Entry entry = node.log.next(0);
            assertEquals(event.topics(), entry.topics());
            assertTrue(entry.restricted());
            assertEquals("my id", entry.publishedId());
            assertEquals(
                    "id: my id\nevent: a type\nretry: 7\ndata: \u20ac\ndata: \0x\n\n",
                    new String(entry.frame(), UTF_8));
            assertEquals(OptionalLong.of(1), node.log.find("my id"));
        }
    }

    @Test
    void givesTheSameIdsAfterARestart() throws Exception {
        List<String> ids;
        try (Node node = new Node(brokers, topic).ready()) {
            ids = publish(node, 1, 5);
        }
        try (Node node = new Node(brokers, topic).ready()) {
            assertEquals(5, node.log.head());
            assertEquals(3, node.log.find(ids.get(2)).orElseThrow());
            assertEquals(data(4, 5), node.window(3, 2));
        }
    }

    @Test
    void waitsForWhatAClientSawOnAFasterNode() throws Exception {
        try (Node node = new Node(brokers, topic).ready()) {
            for (int i = 1; i <= 200; i++) {
                String id = node.publish("event " + i);
                // The broker's answer is often here before the record has come back.
                assertEquals(i, node.log.find(id).orElseThrow());
            }
            EventId newest = node.log.idOf(node.log.head());
            assertEquals(OptionalLong.empty(), node.log.find(new EventId(newest.epoch(), 201).toString()));
            assertEquals(OptionalLong.empty(), node.log.find("#other-3"));
        }
    }

    @Test
    void readsBackWhatHasLeftTheWindow() throws Exception {
        try (Node node = new Node(brokers, topic, NARROW).ready()) {
            List<CompletableFuture<EventId>> sent = IntStream.rangeClosed(1, 3000)
                    .mapToObj(i -> node.sending("event " + i, null))
                    .toList();
            for (CompletableFuture<EventId> each : sent) {
                each.get(30, TimeUnit.SECONDS);
            }
            Node.await(() -> node.log.head() == 3000, () -> "head " + node.log.head());

            assertTrue(node.log.holds(Node.SELECTION, 0));
            assertEquals(data(1, 3000), node.history(0, 3000, Integer.MAX_VALUE));
            assertEquals(data(1, 3000), node.history(0, 3000, 1));
            assertEquals(data(1501, 2100), node.history(1500, 2100, 1000));
            assertEquals(500, node.log.within(Node.SELECTION, 0, new ReplayLimit(2500, 1 << 24)));
            assertEquals(0, node.log.within(Node.SELECTION, 0, new ReplayLimit(3000, 1 << 24)));
            assertEquals(2995, node.log.within(Node.SELECTION, 0, new ReplayLimit(5, 1 << 24)));
        }
        try (Node later = new Node(brokers, topic, NARROW).ready()) {
            assertEquals(3000, later.log.head());
            assertEquals(data(2991, 3000), later.window(2990, 10));
            assertEquals(data(1, 3000), later.history(0, 3000, 64 * 1024));
        }
    }

    @Test
    void storesOnceWhatIsPublishedOnTwoNodesUnderOneKey() throws Exception {
        try (Node one = new Node(brokers, topic, NARROW).ready();
                Node other = new Node(brokers, topic, NARROW).ready()) {
            for (int i = 1; i <= 100; i++) {
                CompletableFuture<EventId> first = one.sending("event " + i, "key " + i);
                CompletableFuture<EventId> second = other.sending("event " + i, "key " + i);
                assertEquals(first.get(30, TimeUnit.SECONDS), second.get(30, TimeUnit.SECONDS));
            }
            assertEquals(one.publish("event 7", "key 7"), other.publish("event 7", "key 7"));
            String end = one.publish("end");
            long head = other.log.find(end).orElseThrow();
            assertTrue(head > 101, "some were sent twice, or this tests nothing");

            List<String> all = new ArrayList<>(data(1, 100));
            all.add("end");
            assertEquals(all, other.history(0, head, Integer.MAX_VALUE));
            try (Node later = new Node(brokers, topic).ready()) {
                assertEquals(all, later.window(0, 101));
                assertEquals(one.publish("event 9", "key 9"), later.publish("event 9", "key 9"));
                assertEquals(head, later.log.head());
            }
        }
    }

    @Test
    void refusesAnotherEventUnderAKeyThatAnyNodeKnows() throws Exception {
        try (Node one = new Node(brokers, topic).ready();
                Node other = new Node(brokers, topic).ready()) {
            String id = one.publish("first", "key");
            other.log.find(id);
            ExecutionException refused = assertThrows(ExecutionException.class, () -> other.publish("second", "key"));
            assertInstanceOf(KeyReusedException.class, refused.getCause());

            int reused = 0;
            for (int i = 0; i < 50; i++) {
                CompletableFuture<EventId> first = one.sending("one " + i, "both " + i);
                CompletableFuture<EventId> second = other.sending("other " + i, "both " + i);
                int failed = 0;
                for (CompletableFuture<EventId> each : List.of(first, second)) {
                    Node.await(each::isDone, () -> "not answered");
                    failed += each.isCompletedExceptionally() ? 1 : 0;
                }
                reused += failed;
            }
            assertEquals(50, reused, "one of each two");
        }
    }

    @Test
    void refusesWhatIsTooLargeForTheTopic() throws Exception {
        brokers.admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", "1000"))))
                .all()
                .get(30, TimeUnit.SECONDS);
        try (Node node = new Node(brokers, topic).ready()) {
            ExecutionException refused = assertThrows(ExecutionException.class, () -> node.publish("x".repeat(2000)));
            assertInstanceOf(EventTooLargeException.class, refused.getCause());
            assertEquals("x", node.publish("x") == null ? "" : "x");
            assertEquals(null, node.log.trouble());
        }
    }

    @Test
    void leavesOutRecordsThatAreNoEvents() throws Exception {
        try (Node node = new Node(brokers, topic, NARROW).ready();
                Producer<byte[], byte[]> producer = producer()) {
            node.publish("event 1");
            List<ProducerRecord<byte[], byte[]>> foreign = List.of(
                    record("no topic"),
                    record(null, "topic", "news"),
                    record("bad topic", "topic", "*"),
                    record("bad id", "topic", "news", "id", "#x"),
                    record("bad retry", "topic", "news", "retry", "soon"),
                    record("bad number", "topic", "news", "key", "k", "digest", "d", "seen", "no"),
                    record("event 2", "topic", "news", "extra", "\u0000"),
                    record("event 3", "topic", "other", "topic", "news", "key", "not a node's"),
                    record("event 4", "topic", "news", "type", "t", "key", "not a node's"));
            ProducerRecord<byte[], byte[]> notText = record("", "topic", "news");
            byte[] noText = {(byte) 0xff};
            producer.send(new ProducerRecord<>(topic, 0, null, (byte[]) null, noText, notText.headers()));
            for (ProducerRecord<byte[], byte[]> each : foreign) {
                producer.send(each).get(30, TimeUnit.SECONDS);
            }
            node.publish("event 5");
            assertEquals(data(1, 5), node.window(0, 5));
            assertEquals(data(1, 5), node.history(0, node.log.head(), Integer.MAX_VALUE));
        }
    }

    @Test
    void leavesOutRepeatsWhereverItBeginsToRead() throws Exception {
        try (Node node = new Node(brokers, topic, NARROW).ready();
                Producer<byte[], byte[]> producer = producer()) {
            List<String> expected = new ArrayList<>();
            for (int offset = 0; offset < 1100; offset++) {
                String data = "event " + offset;
                ProducerRecord<byte[], byte[]> next = switch (offset) {
                    case 900 -> keyed(data, "far", 899);
                    case 1023 -> keyed(data, "near", 1000);
                    case 1024 -> keyed("repeats 1023", "near", 1000);
                    case 1030 -> keyed("repeats 900", "far", 899);
                    case 1040 -> keyed(data, "near", 1035);
                    default -> record(data, "topic", "news");
                };
                producer.send(next);
                if (offset != 1024 && offset != 1030) {
                    expected.add(data);
                }
            }
            producer.flush();
            Node.await(() -> node.log.head() == 1100, () -> "head " + node.log.head());
            assertEquals(expected.subList(1020, 1098), node.history(1020, 1100, Integer.MAX_VALUE));
            assertEquals(expected, node.history(0, 1100, Integer.MAX_VALUE));
        }
    }

    private ProducerRecord<byte[], byte[]> keyed(String data, String key, int seen) {
        return record(data, "topic", "news", "key", key, "digest", "d", "seen", Integer.toString(seen));
    }

    @Test
    void beginsAnotherEpochWhenTheTopicIsMadeAnew() throws Exception {
        try (Node node = new Node(brokers, topic).ready()) {
            List<String> ids = publish(node, 1, 5);
            node.window(0, 5);
            String epoch = EventId.parse(ids.get(0)).epoch();

            brokers.admin().deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            Node.await(() -> node.log.trouble() != null, () -> "not missed");
            brokers.admin()
                    .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            Node.await(() -> !node.log.idOf(node.log.head()).epoch().equals(epoch), () -> "the epoch is the same");
            node.ready();

            OptionalLong old = node.log.find(ids.get(4));
            assertEquals(OptionalLong.of(5), old);
            assertFalse(node.log.holds(Node.SELECTION, 5), "a gap, even for who has seen all");
            assertEquals(OptionalLong.empty(), node.log.find(new EventId(epoch, 6).toString()));
            long head = node.log.head();
            List<String> renewed = publish(node, 6, 8);
            assertEquals(data(6, 8), node.window(head, 3));
            assertEquals(
                    data(6, 8), node.history(head, node.log.find(renewed.get(2)).orElseThrow(), 1000));
            assertNotEquals(epoch, EventId.parse(renewed.get(0)).epoch());
            assertEquals(1, EventId.parse(renewed.get(0)).offset());
            try (Node later = new Node(brokers, topic).ready()) {
                assertEquals(1, later.log.find(renewed.get(0)).orElseThrow());
                assertEquals(OptionalLong.empty(), later.log.find(ids.get(4)));
            }
        }
    }

    @Test
    void raisesItsFloorWhenTheBrokersLetGoOfEvents() throws Exception {
        try (Node node = new Node(brokers, topic, NARROW).ready()) {
            publish(node, 1, 40);
            node.window(30, 10);
            assertTrue(node.log.holds(Node.SELECTION, 3));
            brokers.admin()
                    .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(20)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            Node.await(
                    () -> node.log.history().floor() == 20,
                    () -> "floor " + node.log.history().floor());
            assertFalse(node.log.holds(Node.SELECTION, 19));
            assertTrue(node.log.holds(Node.SELECTION, 20));
            assertEquals(data(21, 40), node.history(20, 40, 100));
        }
        try (Node later = new Node(brokers, topic).ready()) {
            assertEquals(data(21, 40), later.window(20, 20));
            assertFalse(later.log.holds(Node.SELECTION, 19));
        }
    }

    @Test
    void goesOnAfterAGapWhereTheBrokersHaveLetGoOfWhatItHadNotRead() throws Exception {
        try (Node node = new Node(brokers, topic).ready()) {
            publish(node, 1, 3);
            node.window(0, 3);
            brokers.leader(topic).network().swallow();
            try (Producer<byte[], byte[]> elsewhere = producer(brokers.internalServers())) {
                for (int i = 4; i <= 20; i++) {
                    elsewhere.send(record("event " + i, "topic", "news")).get(30, TimeUnit.SECONDS);
                }
                brokers.admin()
                        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(15)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            brokers.leader(topic).network().refuse(); // what was on its way does not come any more
            brokers.leader(topic).network().restore();
            assertEquals(data(16, 20), node.window(15, 5));
            assertFalse(node.log.holds(Node.SELECTION, 3), "a gap");
            assertTrue(node.log.holds(Node.SELECTION, 15));
        }
    }

    @Test
    void refusesATopicOfSeveralPartitions() throws Exception {
        brokers.admin()
                .createTopics(List.of(new NewTopic(topic, 3, (short) 1)))
                .all()
                .get(30, TimeUnit.SECONDS);
        try (Node node = new Node(brokers, topic)) {
            String expected = "The topic " + topic + " has 3 partitions in Kafka, but has to have 1.";
            Node.await(() -> expected.equals(node.log.trouble()), () -> "trouble " + node.log.trouble());
            ExecutionException refused = assertThrows(ExecutionException.class, () -> node.publish("x"));
            assertEquals(expected, refused.getCause().getMessage());
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        var before = new HashSet<>(Thread.getAllStackTraces().keySet());
        try (Node node = new Node(brokers, topic, NARROW).ready()) {
            publish(node, 1, 30);
            node.window(20, 10);
            node.history(0, 20, 1000);
        }
        Node.await(() -> before.containsAll(Thread.getAllStackTraces().keySet()), () -> "left " + left(before));
    }

    private static List<String> left(HashSet<Thread> before) {
        var left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        return left.stream().map(Thread::getName).toList();
    }

    private static List<String> publish(Node node, int from, int to) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            ids.add(node.publish("event " + i));
        }
        return ids;
    }

    private static List<String> data(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "event " + i).toList();
    }

    private static Producer<byte[], byte[]> producer() {
        return producer(brokers.bootstrapServers());
    }

    private static Producer<byte[], byte[]> producer(String servers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private ProducerRecord<byte[], byte[]> record(String value, String... headers) {
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(topic, 0, null, value == null ? null : value.getBytes(UTF_8));
        for (int i = 0; i < headers.length; i += 2) {
            made.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        return made;
    }
}
