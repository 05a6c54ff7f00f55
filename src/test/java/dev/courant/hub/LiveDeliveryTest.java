package dev.courant.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveDeliveryTest {

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void deliversToAllSubscribersOfTheTopic() {
        RecordingConnection a = hub.join("a");
        RecordingConnection both = hub.join("a", "b");
        RecordingConnection b = hub.join("b");
        hub.publish("a", "1");
        hub.publish("b", "2");
        hub.publish("c", "3");
        hub.publish("a", "4");

        assertEquals(List.of("1", "4"), a.data());
        assertEquals(List.of("1", "2", "4"), both.data());
        assertEquals(List.of("2"), b.data());
        assertEquals("#e-4", a.received().lastEventId());
    }

    @Test
    void startsWithoutPastEvents() {
        hub.publish("a", "old");
        RecordingConnection connection = hub.join("a");
        hub.publish("a", "new");

        assertEquals(List.of("new"), connection.data());
    }

    @Test
    void primesAStreamWithAJitteredRetryAndTheIdItStartsFrom() {
        hub.publish("a", "old");
        EventStreamParser opening = hub.join("a").received();
        EventStreamParser other = hub.join("a").received();

        assertEquals("#e-1", opening.lastEventId());
        assertEquals(List.of(), opening.events());
        assertTrue(opening.retry() >= 1000 && opening.retry() <= 2000, "between once and twice: " + opening.retry());
        assertTrue(opening.retry() != other.retry(), "not all at once");
    }

    @Test
    void opensWithNoBlockForAClientThatTakesEachForAnEvent() {
        RecordingConnection connection = new RecordingConnection();
        hub.hub.subscribe(
                TopicSelection.of(Set.of(new Topic("a"))),
                new SubscribeRequest(StartPosition.HEAD, false, false, null, StreamFormat.PLAIN),
                connection,
                connection);
        hub.runTurns();
        String opening = new String(connection.lastBatch().bytes(), UTF_8);
        hub.publish("a", "1");

        assertTrue(opening.endsWith("\nid: #e-0\n") && !opening.contains("\n\n"), opening);
        assertEquals(List.of("1"), connection.data());
    }

    @Test
    void writesNothingBeforeThereIsRoom() {
        RecordingConnection connection = hub.join(new RecordingConnection().accept(0), null, "a");
        hub.publish("a", "1");
        assertEquals(List.of(), connection.batches);

        connection.readAll();
        hub.runTurns();
        assertEquals(
                "#e-0",
                EventStreamParser.decode(connection.batches.get(0).bytes()).lastEventId());
        assertEquals(List.of("1"), connection.data());
    }

    @Test
    void joinsTheBytesOfABatchOnceForAnAudience() {
        RecordingConnection one = hub.join("a", "b");
        RecordingConnection two = hub.join("b", "a");
        hub.store("a", "1");
        hub.store("c", "not theirs");
        hub.store("b", "2");
        hub.runTurns();

        assertEquals(2, one.batches.size(), "the opening and a batch");
        assertSame(one.lastBatch().bytes(), two.lastBatch().bytes());
        assertEquals(List.of("1", "2"), one.data());
        assertEquals(one.data(), two.data());
    }

    @Test
    void sharesTheBytesOfASingleEventWithTheLog() {
        RecordingConnection connection = hub.join("a");
        hub.publish("a", "1");

        assertSame(hub.log.next(0).frame(), connection.lastBatch().bytes());
    }

    @Test
    void boundsTheBytesOfABatch() {
        RecordingConnection live = hub.join("a");
        for (int i = 0; i < 100; i++) {
            hub.store("a", "x".repeat(10_000));
        }
        hub.runTurns();
        RecordingConnection replayed = hub.resume("#e-0", "a");

        for (RecordingConnection each : List.of(live, replayed)) {
            assertEquals(100, each.data().size());
            assertTrue(each.batches.size() > 10);
            each.batches.forEach(batch -> assertTrue(batch.bytes().length < 64 * 1024 + 10_100));
        }
    }

    @Test
    void spreadsSubscriptionsOverDispatchers() {
        ThreadlessHub two = new ThreadlessHub(new WindowBounds(1000, 1 << 20, Duration.ofHours(1)), 2);
        List<RecordingConnection> all = List.of(two.join("a"), two.join("a"), two.join("a"), two.join("a"));
        two.publish("a", "1");

        all.forEach(each -> assertEquals(List.of("1"), each.data()));
        two.dispatchers.subList(0, 2).forEach(each -> assertEquals(2, each.dispatcher.size()));
        assertEquals(4, two.hub.countSubscriptions());
    }

    @Test
    void deliversOnceToClientsThatJoinBetweenTurns() {
        hub.join("a");
        hub.store("a", "1");
        RecordingConnection connection = new RecordingConnection();
        hub.subscribe(connection, null, "a"); // its cursor is ahead of the dispatcher's read position
        RecordingConnection first = new RecordingConnection();
        hub.store("b", "2");
        hub.subscribe(first, null, "b"); // also ahead, and the first of its audience
        hub.store("a", "3");
        hub.store("b", "4");
        hub.runTurns();
        hub.publish("a", "5");

        assertEquals(List.of("3", "5"), connection.data());
        assertEquals(List.of("4"), first.data());
    }
}
