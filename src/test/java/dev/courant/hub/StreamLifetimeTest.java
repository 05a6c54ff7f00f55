package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.ReplayLimit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams with a limited duration, for example that of a token. */
class StreamLifetimeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void endsInAnOrderlyWayWhenItsTimeIsOver() {
        ThreadlessHub hub = new ThreadlessHub();
        RecordingConnection connection = join(hub, MINUTE);
        hub.advanceTime(MINUTE.minusNanos(1));
        hub.publish("a", "in time");
        assertFalse(connection.isEnded());

        hub.advanceTime(Duration.ofNanos(1));
        hub.publish("a", "too late");
        assertEquals(Collections.singletonList(null), connection.ends);
        assertEquals(1, connection.closed);
        assertEquals(List.of("{\"seconds\":30}", "in time"), connection.data());
        assertEquals(0, hub.hub.countSubscriptions());
    }

    @Test
    void endsAStreamThatIsNotReading() {
        ThreadlessHub hub = new ThreadlessHub();
        RecordingConnection full = join(hub, ThreadlessHub.STALL.dividedBy(2));
        full.accept(1);
        hub.publish("a", "1");
        hub.advanceTime(ThreadlessHub.STALL.dividedBy(2));

        assertEquals(Collections.singletonList(null), full.ends);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -60_000, Long.MIN_VALUE})
    void endsAtOnceIfThereIsNoTimeLeft(long millis) {
        ThreadlessHub hub = new ThreadlessHub();
        hub.publish("a", "old");

        assertTrue(join(hub, Duration.of(millis, ChronoUnit.MILLIS)).isEnded());
    }

    @Test
    void endsAtTheEarlierOfMaxDurationAndLifetime() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(1, 1), MINUTE);
        RecordingConnection shorter = join(hub, MINUTE.dividedBy(4));
        RecordingConnection longer = join(hub, MINUTE.multipliedBy(4));
        hub.advanceTime(MINUTE.dividedBy(4));
        assertTrue(shorter.isEnded());
        assertFalse(longer.isEnded());

        hub.advanceTime(MINUTE);
        assertTrue(longer.isEnded());
    }

    @Test
    void announcesTheEndHalfAMinuteBeforeATokenExpires() {
        ThreadlessHub hub = new ThreadlessHub();
        RecordingConnection connection = join(hub, MINUTE.multipliedBy(2));
        hub.publish("a", "1");
        hub.advanceTime(Duration.ofSeconds(90).minusNanos(1));
        assertEquals(List.of("1"), connection.data());

        hub.advanceTime(Duration.ofNanos(1));
        hub.publish("a", "2");
        assertEquals(List.of("1", "{\"seconds\":30}", "2"), connection.data());
        assertEquals("token-expiring", connection.received().events().get(1).type());
        assertEquals(
                connection.received().events().get(0).id(),
                connection.received().events().get(1).id(),
                "it has no id");

        hub.advanceTime(Duration.ofSeconds(30));
        assertEquals(Collections.singletonList(null), connection.ends);
        assertEquals(3, connection.data().size(), "announced once");
    }

    @Test
    void announcesTheEndOfAShortLifeWhenHalfOfItIsOver() {
        ThreadlessHub hub = new ThreadlessHub();
        RecordingConnection connection = join(hub, Duration.ofSeconds(20));
        hub.advanceTime(Duration.ofSeconds(9));
        assertEquals(List.of(), connection.data());
        hub.advanceTime(Duration.ofSeconds(1));

        assertEquals(List.of("{\"seconds\":10}"), connection.data());
    }

    @Test
    void announcesTheEndToAClientThatReadsLateBeforeTheNextEvent() {
        ThreadlessHub hub = new ThreadlessHub();
        RecordingConnection connection = join(hub, Duration.ofSeconds(4));
        connection.accept(1);
        hub.publish("a", "1");
        hub.advanceTime(Duration.ofSeconds(2));
        hub.publish("a", "2");
        assertEquals(List.of("1"), connection.data());

        connection.readAll();
        hub.runTurns();
        assertEquals(List.of("1", "{\"seconds\":2}", "2"), connection.data());
    }

    @Test
    void announcesNothingWhereAStreamEndsForAnotherReason() {
        ThreadlessHub hub = new ThreadlessHub(new ReplayLimit(1, 1), MINUTE);
        RecordingConnection withToken = join(hub, MINUTE.multipliedBy(4));
        RecordingConnection without = join(hub, null);
        hub.advanceTime(MINUTE);

        assertTrue(withToken.isEnded() && without.isEnded());
        assertEquals(List.of(), withToken.data());
        assertEquals(List.of(), without.data());
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 33, 1L << 34, Long.MAX_VALUE})
    void acceptsADurationBeyondTheRangeOfNanoseconds(long seconds) {
        ThreadlessHub hub = new ThreadlessHub();
        RecordingConnection longest = join(hub, Duration.ofSeconds(seconds));
        RecordingConnection short_ = join(hub, MINUTE);
        hub.advanceTime(MINUTE);
        hub.publish("a", "1");

        assertTrue(short_.isEnded());
        assertFalse(longest.isEnded());
        assertEquals(List.of("1"), longest.data());
    }

    private static RecordingConnection join(ThreadlessHub hub, @Nullable Duration stay) {
        RecordingConnection connection = new RecordingConnection();
        TopicSelection selection = TopicSelection.of(Set.of(new Topic("a")));
        hub.hub.subscribe(
                selection,
                new SubscribeRequest(StartPosition.HEAD, true, false, stay, StreamFormat.PLAIN),
                connection,
                connection);
        hub.runTurns();
        return connection;
    }
}
