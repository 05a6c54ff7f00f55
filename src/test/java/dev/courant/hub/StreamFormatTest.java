package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.PrefixSelector;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams with {@code format=json}, next to plain ones. */
class StreamFormatTest {

    private static final TopicSelection A = TopicSelection.of(Set.of(new Topic("a")));

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void sendsEnvelopesLiveAndReplayed() {
        String time = "\"time\":\"1970-01-01T00:00:00.000Z\"";
        RecordingConnection live = join(A, StartPosition.HEAD);
        RecordingConnection plain = hub.join("a");
        hub.store(new Event(new Topic("a"), "t", "{\n}"));
        hub.publish("a", "x");
        RecordingConnection replayed = join(A, new StartPosition.Newest(2));

        List<Received> events = List.of(
                new Received(
                        "#e-1",
                        "message",
                        "{\"id\":\"#e-1\",\"topics\":[\"a\"],\"type\":\"t\"," + time + ",\"data\":{ }}"),
                new Received("#e-2", "message", "{\"id\":\"#e-2\",\"topics\":[\"a\"]," + time + ",\"data\":\"x\"}"));
        assertEquals(events, live.received().events());
        assertEquals(events, replayed.received().events());
        assertEquals(List.of("{\n}", "x"), plain.data());
        assertEquals("t", plain.received().events().get(0).type());
    }

    @Test
    void sendsTheHubsOwnEventsUnchanged() {
        ThreadlessHub small = new ThreadlessHub(2);
        IntStream.rangeClosed(1, 5).forEach(n -> small.publish("a", String.valueOf(n)));
        RecordingConnection client = new RecordingConnection();
        small.hub.subscribe(
                A,
                SubscribeRequest.startingAt(StartPosition.after("#e-1")).inFormat(StreamFormat.JSON),
                client,
                client);
        small.runTurns();
        assertEquals("gap", client.received().events().get(0).type());
        assertTrue(client.data().get(1).endsWith(",\"data\":4}"), client.data()::toString);
    }

    @Test
    void sendsTheEndOfATopicUnchanged() {
        RecordingConnection live = join(A, StartPosition.HEAD);
        hub.store(Event.end(List.of(new Topic("a")), false, null, "bye"));
        hub.runTurns();
        RecordingConnection replayed = join(A, new StartPosition.Newest(1));
        for (RecordingConnection client : List.of(live, replayed)) {
            assertEquals(
                    List.of(new Received("#e-1", "end", "bye")),
                    client.received().events());
            assertTrue(client.isEnded());
        }
    }

    @Test
    void encodesAnEventOnceForAllAudiences() {
        TopicSelection reader = new TopicSelection(A.topics(), Set.of(), new PrefixSelector("a"));
        List<RecordingConnection> clients =
                List.of(join(A, StartPosition.HEAD), join(A, StartPosition.HEAD), join(reader, StartPosition.HEAD));
        hub.publish("a", "x");
        for (RecordingConnection client : clients) {
            assertSame(clients.get(0).lastBatch().bytes(), client.lastBatch().bytes());
        }
    }

    @Test
    void boundsABatchByTheSizeOfItsEnvelopes() {
        String topic = "a".repeat(Topic.MAX_BYTES);
        TopicSelection selection = TopicSelection.of(Set.of(new Topic(topic)));
        RecordingConnection live = join(selection, StartPosition.HEAD);
        List<String> all = IntStream.range(0, 500).mapToObj(String::valueOf).toList();
        all.forEach(data -> hub.store(topic, data));
        hub.runTurns();
        RecordingConnection replayed = join(selection, new StartPosition.Newest(500));
        for (RecordingConnection client : List.of(live, replayed)) {
            assertEquals(all, data(client));
            for (Batch batch : client.batches) {
                assertTrue(batch.bytes().length < Audience.BATCH_BYTES + 2 * Topic.MAX_BYTES, "a bounded batch");
            }
        }
    }

    @Test
    void readsAllOfTheHistory() {
        TestHistoryLog log = new TestHistoryLog(3);
        ThreadlessHub past = new ThreadlessHub(log, Runnable::run);
        String topic = "a".repeat(Topic.MAX_BYTES);
        List<String> all = IntStream.range(0, 300).mapToObj(String::valueOf).toList();
        all.forEach(data -> past.store(topic, data));
        RecordingConnection client = new RecordingConnection();
        past.hub.subscribe(
                TopicSelection.of(Set.of(new Topic(topic))),
                SubscribeRequest.startingAt(StartPosition.after(Event.EARLIEST)).inFormat(StreamFormat.JSON),
                client,
                client);
        past.runTurns();
        assertEquals(all, data(client));
        assertFalse(client.isEnded());
    }

    @Test
    void boundsTheCacheOfEnvelopes() {
        EnvelopeCache cache = new EnvelopeCache();
        hub.publish("a", "x");
        byte[] frame = cache.get(hub.log.next(0));
        assertSame(frame, cache.get(hub.log.next(0)));
        hub.publish("a", "y".repeat(300_000));
        byte[] large = cache.get(hub.log.next(1));
        assertSame(large, cache.get(hub.log.next(1)), "the newest is cached, whatever its size");
        assertTrue(frame != cache.get(hub.log.next(0)), "the oldest is evicted");
    }

    private RecordingConnection join(TopicSelection selection, StartPosition start) {
        RecordingConnection client = new RecordingConnection();
        SubscribeRequest request = SubscribeRequest.startingAt(start).inFormat(StreamFormat.JSON);
        hub.hub.subscribe(selection, request, client, client);
        hub.runTurns();
        return client;
    }

    private static List<String> data(RecordingConnection client) {
        return client.data().stream()
                .map(envelope -> envelope.substring(envelope.indexOf("\"data\":") + 7, envelope.length() - 1))
                .toList();
    }
}
