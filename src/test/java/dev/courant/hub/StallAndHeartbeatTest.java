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
        stalled.takes(1);
        hub.publish("a", "1");

        hub.pass(STALL.minusNanos(1));
        hub.publish("a", "2");
        assertFalse(stalled.over());

        hub.pass(Duration.ofNanos(1));
        assertInstanceOf(SlowClientException.class, stalled.ends.get(0));
        assertEquals(1, stalled.closed);
        assertFalse(reading.over());
        assertEquals(List.of("1", "2"), reading.data());
        assertEquals(1, hub.hub.countSubscriptions());
    }

    /** When thousands come at once, the server is what is late. */
    @Test
    void givesTheServerTimeToOpenAStream() {
        RecordingConnection opened = hub.join(new RecordingConnection().takes(0), null, "a");
        hub.pass(STALL.multipliedBy(5));
        assertFalse(opened.over());

        opened.reads(1); // now it is the client
        hub.publish("a", "1");
        hub.pass(STALL.minusNanos(1));
        assertFalse(opened.over());
        hub.pass(Duration.ofNanos(1));
        assertTrue(opened.over());
    }

    @Test
    void dropsSubscriberThatNeverTakesAByte() {
        RecordingConnection never = hub.join(new RecordingConnection().takes(0), null, "a");
        hub.pass(STALL.multipliedBy(12));

        assertInstanceOf(SlowClientException.class, never.ends.get(0));
    }

    @Test
    void dropsTheStalledInTheOrderInWhichTheyStalled() {
        RecordingConnection late = hub.join("late");
        RecordingConnection early = hub.join("early");
        early.takes(1);
        hub.publish("early", "1");
        hub.pass(TICK);
        late.takes(1);
        hub.publish("late", "1");

        hub.pass(STALL.minus(TICK));
        assertTrue(early.over());
        assertFalse(late.over());
        hub.pass(TICK);
        assertTrue(late.over());
    }

    @Test
    void countsAStallAnewOnceSomethingWasTaken() {
        RecordingConnection slow = hub.join("a");
        slow.takes(1);
        hub.publish("a", "1");
        for (int n = 2; n < 10; n++) {
            hub.pass(STALL.minus(TICK));
            slow.reads(1);
            hub.publish("a", "" + n);
        }

        assertFalse(slow.over());
        hub.pass(STALL);
        assertTrue(slow.over());
    }

    @Test
    void keepsTheQuietThatHaveRoom() {
        RecordingConnection quiet = hub.join("a");
        pass(STALL.multipliedBy(3));

        assertFalse(quiet.over());
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
            assertFalse(each.over());
        }
    }

    @Test
    void beatsVisiblyAsOftenAsItSaysHoweverBusyTheStreamIs() {
        RecordingConnection page = new RecordingConnection();
        TopicSelection busy = TopicSelection.of(Set.of(new Topic("busy")));
        hub.hub.subscribe(busy, new SubscribeRequest(null, true, true, null), page, page);
        for (Duration passed = Duration.ZERO;
                passed.compareTo(HEARTBEAT.multipliedBy(10)) < 0;
                passed = passed.plus(TICK)) {
            hub.publish("busy", "x");
            hub.pass(TICK);
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
            hub.pass(TICK);
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
        hub.pass(TICK);

        assertTrue(beats(all.stream()) - before <= 2, "one in sixty at each tick");
    }

    @Test
    void findsTheDeadByBeating() {
        RecordingConnection dead = hub.join("a");
        RecordingConnection alive = hub.join("a");
        dead.breaksWith = new IllegalStateException("gone");
        pass(HEARTBEAT.multipliedBy(2));

        assertEquals(List.of(dead.breaksWith), dead.ends);
        assertFalse(alive.over());
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
            hub.pass(TICK);
        }
    }

    @Test
    void movesTheClientsOwnIdeaOfItsPlaceOnWithTheSignOfLife() {
        RecordingConnection quiet = hub.join("quiet");
        RecordingConnection other = hub.join("other");
        hub.publish("a", "not for them");
        hub.publish("a", "nor this");
        hub.pass(HEARTBEAT);

        assertEquals("#e-2", quiet.received().lastEventId());
        assertEquals(List.of(), quiet.data());
        assertTrue(quiet.last() == other.last(), "made once for all");

        hub.pass(HEARTBEAT);
        assertEquals(": \n", new String(quiet.last().bytes(), UTF_8), "nothing new to say");
    }

    @Test
    void keepsOneThatTakesALongTimeAsLongAsItTakesSome() {
        RecordingConnection slow = hub.join("a");
        slow.takes(1);
        hub.publish("a", "long");
        for (int i = 0; i < 5; i++) {
            hub.pass(STALL.minusNanos(1));
            slow.takesSome();
            hub.turn();
        }
        assertFalse(slow.over());

        hub.pass(STALL);
        assertTrue(slow.over());
    }
}
