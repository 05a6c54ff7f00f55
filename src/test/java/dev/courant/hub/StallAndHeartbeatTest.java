package dev.courant.hub;

import static dev.courant.hub.ThreadlessHub.HEARTBEAT;
import static dev.courant.hub.ThreadlessHub.STALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StallAndHeartbeatTest {

    private static final Duration TICK = Duration.ofMillis(250);

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void dropsSubscriberThatStopsReading() {
        RecordingConnection stalled = hub.join("a");
        RecordingConnection reading = hub.join("a");
        stalled.accept(1);
        hub.publish("a", "1");

        hub.advanceTime(STALL.minusNanos(1));
        hub.publish("a", "2");
        assertFalse(stalled.isEnded());

        hub.advanceTime(Duration.ofNanos(1));
        assertInstanceOf(SlowClientException.class, stalled.ends.get(0));
        assertEquals(1, stalled.closed);
        assertFalse(reading.isEnded());
        assertEquals(List.of("1", "2"), reading.data());
        assertEquals(1, hub.hub.countSubscriptions());
    }

    /** When thousands of clients connect at once, the server causes the delay. */
    @Test
    void givesTheServerTimeToOpenAStream() {
        RecordingConnection opened = hub.join(new RecordingConnection().accept(0), null, "a");
        hub.advanceTime(STALL.multipliedBy(5));
        assertFalse(opened.isEnded());

        opened.read(1); // now the client causes it
        hub.publish("a", "1");
        hub.advanceTime(STALL.minusNanos(1));
        assertFalse(opened.isEnded());
        hub.advanceTime(Duration.ofNanos(1));
        assertTrue(opened.isEnded());
    }

    @Test
    void dropsSubscriberThatNeverTakesAByte() {
        RecordingConnection never = hub.join(new RecordingConnection().accept(0), null, "a");
        hub.advanceTime(STALL.multipliedBy(12));

        assertInstanceOf(SlowClientException.class, never.ends.get(0));
    }

    @Test
    void dropsTheStalledInTheOrderInWhichTheyStalled() {
        RecordingConnection late = hub.join("late");
        RecordingConnection early = hub.join("early");
        early.accept(1);
        hub.publish("early", "1");
        hub.advanceTime(TICK);
        late.accept(1);
        hub.publish("late", "1");

        hub.advanceTime(STALL.minus(TICK));
        assertTrue(early.isEnded());
        assertFalse(late.isEnded());
        hub.advanceTime(TICK);
        assertTrue(late.isEnded());
    }

    @Test
    void countsAStallAnewOnceSomethingWasTaken() {
        RecordingConnection slow = hub.join("a");
        slow.accept(1);
        hub.publish("a", "1");
        for (int n = 2; n < 10; n++) {
            hub.advanceTime(STALL.minus(TICK));
            slow.read(1);
            hub.publish("a", "" + n);
        }

        assertFalse(slow.isEnded());
        hub.advanceTime(STALL);
        assertTrue(slow.isEnded());
    }

    @Test
    void keepsTheQuietThatHaveRoom() {
        RecordingConnection quiet = hub.join("a");
        pass(STALL.multipliedBy(3));

        assertFalse(quiet.isEnded());
    }

    @Test
    void beatsOnceInEachHeartbeatTimeToQuietStreams() {
        List<RecordingConnection> all =
                IntStream.range(0, 7).mapToObj(n -> hub.join("a")).toList();
        pass(HEARTBEAT);
        pass(HEARTBEAT.multipliedBy(9));

        for (RecordingConnection each : all) {
            int beats = each.received().comments().size();
            assertTrue(beats >= 9 && beats <= 10, "in ten heartbeat times: " + beats);
            assertEquals(List.of(), each.data());
            assertFalse(each.isEnded());
        }
    }

    @Test
    void sendsVisibleHeartbeatsInTheAnnouncedIntervalOnABusyStream() {
        RecordingConnection page = new RecordingConnection();
        TopicSelection busy = TopicSelection.of(Set.of(new Topic("busy")));
        hub.hub.subscribe(
                busy, new SubscribeRequest(StartPosition.HEAD, true, true, null, StreamFormat.PLAIN), page, page);
        for (Duration passed = Duration.ZERO;
                passed.compareTo(HEARTBEAT.multipliedBy(10)) < 0;
                passed = passed.plus(TICK)) {
            hub.publish("busy", "x");
            hub.advanceTime(TICK);
        }

        List<String> beats = page.received().events().stream()
                .filter(event -> event.type().equals("heartbeat"))
                .map(EventStreamParser.Received::data)
                .toList();
        assertTrue(beats.size() >= 10 && beats.size() <= 11, "one at the start, ten later: " + beats.size());
        assertEquals(Set.of("{\"milliseconds\":" + HEARTBEAT.toMillis() + "}"), Set.copyOf(beats));
    }

    @Test
    void beatsToNoStreamThatIsBusy() {
        RecordingConnection busy = hub.join("busy");
        RecordingConnection quiet = hub.join("quiet");
        for (int tick = 0; tick < 100; tick++) {
            hub.publish("busy", "x");
            hub.advanceTime(TICK);
        }

        assertEquals(List.of(), busy.received().comments());
        int beats = quiet.received().comments().size();
        assertTrue(beats == 1 || beats == 2, "in 25 s: " + beats);
    }

    @Test
    void spreadsTheBeatsOverTime() {
        List<RecordingConnection> all =
                IntStream.range(0, 60).mapToObj(n -> hub.join("a")).toList();
        pass(HEARTBEAT);
        long before = beats(all.stream());
        hub.advanceTime(TICK);

        assertTrue(beats(all.stream()) - before <= 2, "a sixtieth in each turn");
    }

    @Test
    void findsTheDeadByBeating() {
        RecordingConnection dead = hub.join("a");
        RecordingConnection alive = hub.join("a");
        dead.failure = new IllegalStateException("gone");
        pass(HEARTBEAT.multipliedBy(2));

        assertEquals(List.of(dead.failure), dead.ends);
        assertFalse(alive.isEnded());
    }

    @Test
    void forgetsWhatIsPastItsAgeOnlyWithoutHarmToTheQuiet() {
        RecordingConnection quiet = hub.join("a");
        hub.publish("a", "1");
        pass(Duration.ofHours(1).plus(TICK));
        hub.log.evictExpired();
        hub.publish("a", "2");

        assertEquals(List.of("1", "2"), quiet.data());
    }

    private static long beats(Stream<RecordingConnection> all) {
        return all.mapToLong(each -> each.received().comments().size()).sum();
    }

    private void pass(Duration time) {
        for (long tick = 0; tick < time.dividedBy(TICK); tick++) {
            hub.advanceTime(TICK);
        }
    }

    @Test
    void movesTheClientsOwnIdeaOfItsPlaceOnWithTheSignOfLife() {
        RecordingConnection quiet = hub.join("quiet");
        RecordingConnection other = hub.join("other");
        hub.publish("a", "not for them");
        hub.publish("a", "nor this");
        hub.advanceTime(HEARTBEAT);

        assertEquals("#e-2", quiet.received().lastEventId());
        assertEquals(List.of(), quiet.data());
        assertTrue(quiet.lastBatch() == other.lastBatch(), "shared by all connections");

        hub.advanceTime(HEARTBEAT);
        assertEquals(": \n", new String(quiet.lastBatch().bytes(), UTF_8), "a heartbeat without an id");
    }

    @Test
    void keepsASlowClientThatMakesProgress() {
        RecordingConnection slow = hub.join("a");
        slow.accept(1);
        hub.publish("a", "long");
        for (int i = 0; i < 5; i++) {
            hub.advanceTime(STALL.minusNanos(1));
            slow.reportProgress();
            hub.runTurns();
        }
        assertFalse(slow.isEnded());

        hub.advanceTime(STALL);
        assertTrue(slow.isEnded());
    }
}
