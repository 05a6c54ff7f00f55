package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventStreamParser;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.ReplayLimit;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The limits of a replay, and how clients share it. */
class ReplayTest {

    private static final String KILOBYTE = "x".repeat(1024);

    @Test
    void sendsAGapIfTheReplayIsTruncated() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(3, 1 << 20), null);
        publish(hub, 10);

        List<Received> events = hub.resume("#e-2", "a").received().events();
        assertEquals(
                new Received("#e-7", "gap", "{\"requested\":\"#e-2\",\"resumed\":\"#e-7\",\"completeAfter\":\"#e-7\"}"),
                events.get(0));
        assertEquals(List.of("8", "9", "10"), data(events.subList(1, 4)));
        assertEquals(4, events.size());

        assertEquals(List.of("8", "9", "10"), hub.resume("#e-7", "a").data(), "three are no more than three");
    }

    @Test
    void truncatesByBytesToo() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(1000, 2500), null);
        for (int n = 0; n < 5; n++) {
            hub.publish("a", KILOBYTE);
        }
        List<Received> events = hub.resume("#e-0", "a").received().events();

        assertEquals("gap", events.get(0).type());
        assertEquals(3, events.size());
    }

    @Test
    void sendsNoGapForTheNewestEvents() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(3, 2500), null);
        publish(hub, 10);
        assertEquals(
                List.of("8", "9", "10"), start(hub, new StartPosition.Newest(3)).data());
        RecordingConnection full = new RecordingConnection().accept(1);
        assertEquals("#e-7", start(hub, full, new StartPosition.Newest(3)).lastEventId(), "it resumes after this id");
        assertEquals(
                List.of("8", "9", "10"), start(hub, new StartPosition.Newest(4)).data());
        assertEquals(List.of("10"), start(hub, new StartPosition.Newest(1)).data());

        hub.publish("a", KILOBYTE);
        hub.publish("a", KILOBYTE);
        hub.publish("a", KILOBYTE);
        assertEquals(
                List.of(KILOBYTE, KILOBYTE),
                start(hub, new StartPosition.Newest(3)).data());
    }

    @Test
    void sendsAGapIfTheEventsSinceATimeExceedTheLimit() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(3, 1 << 20), null);
        Instant before = hub.wallClock();
        hub.advanceTime(Duration.ofMillis(1));
        publish(hub, 3);
        assertEquals(
                List.of("1", "2", "3"),
                start(hub, new StartPosition.Since(before)).data());
        hub.publish("a", "4");
        List<Received> events = start(hub, new StartPosition.Since(before)).events();
        assertEquals(
                new Received(
                        "#e-1",
                        "gap",
                        "{\"requested\":\"" + before + "\",\"resumed\":\"#e-1\",\"completeAfter\":\"#e-1\"}"),
                events.get(0));
        assertEquals(List.of("2", "3", "4"), data(events.subList(1, 4)));

        hub.advanceTime(Duration.ofMinutes(1));
        Instant later = hub.wallClock();
        hub.publish("a", "5");
        assertEquals(List.of("5"), start(hub, new StartPosition.Since(later)).data(), "the older ones are no gap");
    }

    private static EventStreamParser start(ThreadlessHub hub, StartPosition start) {
        return start(hub, new RecordingConnection(), start);
    }

    private static EventStreamParser start(ThreadlessHub hub, RecordingConnection client, StartPosition start) {
        TopicSelection selection = TopicSelection.of(Set.of(new Topic("a")));
        hub.hub.subscribe(selection, SubscribeRequest.startingAt(start), client, client);
        hub.runTurns();
        return client.received();
    }

    @Test
    void replaysAllRetainedEventsFromEarliest() {
        ThreadlessHub hub = new ThreadlessHub(new WindowBounds(5, 1 << 20, Duration.ofHours(1)), 1);
        hub.publish("quiet", "1");
        publish(hub, 20);

        RecordingConnection all = hub.resume(Event.EARLIEST, "a", "quiet");
        hub.publish("a", "more");
        assertEquals(List.of("1", "17", "18", "19", "20", "more"), all.data());
        assertFalse(all.isEnded());

        RecordingConnection before = hub.join(new RecordingConnection().accept(1), Event.EARLIEST, "a");
        assertEquals(Event.EARLIEST, before.received().lastEventId(), "if it is cut now, it requests all events again");
    }

    @Test
    void doesNotCacheAPartialReadForClientsThatWerePromisedAll() {
        ThreadlessHub hub = new ThreadlessHub(new WindowBounds(4, 1 << 20, Duration.ofHours(1)), 1);
        hub.publish("quiet", "1");
        RecordingConnection strict = hub.join(new RecordingConnection().accept(1), "#e-0", "a", "quiet");
        publish(hub, 10);
        hub.resume(Event.EARLIEST, "a", "quiet");
        RecordingConnection lenient = hub.join(new RecordingConnection().accept(2), Event.EARLIEST, "a", "quiet");
        assertTrue(lenient.data().size() > 1);

        strict.readAll();
        hub.runTurns();
        assertEquals(List.of(), strict.data());
        assertTrue(strict.isEnded(), "it has lost events and must reconnect");
    }

    @Test
    void truncatesTheEarliestToo() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(3, 1 << 20), null);
        publish(hub, 10);
        List<Received> events = hub.resume(Event.EARLIEST, "a").received().events();

        assertEquals(
                new Received(
                        "#e-7", "gap", "{\"requested\":\"earliest\",\"resumed\":\"#e-7\",\"completeAfter\":\"#e-7\"}"),
                events.get(0));
        assertEquals(List.of("8", "9", "10"), data(events.subList(1, 4)));
    }

    @Test
    void resumesAfterAnIdThatAPublisherChose() {
        ThreadlessHub hub = new ThreadlessHub();
        hub.hub.publish(new Event(new Topic("a"), "urn:one", "t", Duration.ofSeconds(3), "one"));
        hub.publish("a", "two");
        RecordingConnection all = hub.resume("#e-0", "a");

        assertEquals(
                new Received("urn:one", "t", "one"), all.received().events().get(0));
        assertEquals(3000, all.received().retry());
        assertEquals(List.of("two"), hub.resume("urn:one", "a").data());
        assertEquals(
                "gap", hub.resume("urn:other", "a").received().events().get(0).type());
    }

    @Test
    void sharesWhatManyMissed() {
        ThreadlessHub hub = new ThreadlessHub();
        publish(hub, 10);
        RecordingConnection one = hub.resume("#e-3", "a");
        RecordingConnection two = hub.resume("#e-3", "a");

        assertEquals(one.data(), two.data());
        assertSame(one.lastBatch(), two.lastBatch());
    }

    @Test
    void doesNotDelayOtherClientsByALongReplay() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(1000, 1 << 24), null);
        for (int n = 0; n < 950; n++) {
            hub.store("a", KILOBYTE);
        }
        hub.runTurns();
        RecordingConnection longer = new RecordingConnection();
        hub.subscribe(longer, "#e-0", "a");
        RecordingConnection live = new RecordingConnection();
        hub.subscribe(live, null, "a");
        Dispatcher dispatcher = hub.dispatchers.get(0).dispatcher;

        assertTrue(dispatcher.runTurn(), "there is more to do");
        hub.store("a", "now");
        assertTrue(longer.received().events().size() < 600);
        dispatcher.runTurn();
        assertEquals(List.of("now"), live.data());
        assertTrue(longer.received().events().size() < 950);

        hub.runTurns();
        assertEquals(951, longer.received().events().size());
    }

    @Test
    void sendsAHeartbeatWithTheNextBatchOfALongReplay() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(1000, 1 << 24), null);
        for (int n = 0; n < 800; n++) {
            hub.publish("a", KILOBYTE);
        }
        RecordingConnection client = new RecordingConnection().accept(10); // opening, 8 batches of one turn, one more
        TopicSelection selection = TopicSelection.of(Set.of(new Topic("a")));
        hub.hub.subscribe(
                selection,
                new SubscribeRequest(StartPosition.after("#e-0"), true, true, null, StreamFormat.PLAIN),
                client,
                client);
        hub.advanceTime(ThreadlessHub.HEARTBEAT);
        client.readAll();
        hub.runTurns();

        List<Received> events = client.received().events();
        assertEquals(
                2,
                events.stream()
                        .filter(event -> event.type().equals("heartbeat"))
                        .count());
        assertEquals(
                800,
                events.stream().filter(event -> event.data().equals(KILOBYTE)).count());
        assertFalse(client.isEnded());
    }

    @Test
    void writesAllThereIsBeforeItStops() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(1000, 1 << 24), null);
        for (int n = 0; n < 800; n++) {
            hub.store("a", KILOBYTE);
        }
        RecordingConnection longer = new RecordingConnection();
        hub.subscribe(longer, "#e-0", "a");
        Dispatcher dispatcher = hub.dispatchers.get(0).dispatcher;
        dispatcher.execute(dispatcher::drain);
        dispatcher.runTurn();

        assertEquals(0, longer.data().size(), "a stream opened after its end must reconnect");
        assertEquals(1, longer.closed);
        RecordingConnection joined = new RecordingConnection();
        ThreadlessHub other = new ThreadlessHub(new ReplayLimit(1000, 1 << 24), null);
        for (int n = 0; n < 800; n++) {
            other.store("a", KILOBYTE);
        }
        other.runTurns();
        other.subscribe(joined, "#e-0", "a");
        Dispatcher its = other.dispatchers.get(0).dispatcher;
        its.runTurn();
        its.drain();
        assertEquals(800, joined.data().size());
    }

    @Test
    void endsStreamsWhenTheirLifetimeIsOverNotAllAtOnce() {
        Duration lifetime = Duration.ofMinutes(10);
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(1, 1), lifetime);
        List<RecordingConnection> all =
                IntStream.range(0, 100).mapToObj(i -> hub.join("a")).toList();
        hub.advanceTime(lifetime.dividedBy(2).minusNanos(1));
        assertEquals(0, over(all));
        hub.advanceTime(lifetime.dividedBy(4));
        assertTrue(over(all) > 20 && over(all) < 80, () -> over(all) + " have ended");
        hub.advanceTime(lifetime.dividedBy(4).plusNanos(1));
        assertEquals(100, over(all));
        assertEquals(0, hub.hub.countSubscriptions());
        assertEquals(
                Set.of(),
                Set.copyOf(all.stream()
                        .flatMap(connection -> connection.ends.stream())
                        .filter(cause -> cause != null)
                        .toList()));
    }

    private static long over(List<RecordingConnection> all) {
        return all.stream().filter(RecordingConnection::isEnded).count();
    }

    private static void publish(ThreadlessHub hub, int events) {
        for (int n = 1; n <= events; n++) {
            hub.publish("a", "" + n);
        }
    }

    private static List<String> data(List<Received> events) {
        return events.stream().map(Received::data).toList();
    }
}
