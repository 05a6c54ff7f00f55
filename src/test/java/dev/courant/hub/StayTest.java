package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Selection;
import dev.courant.event.Topic;
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

/** Streams that may go on only for so long, as a token does. */
class StayTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void endsInAnOrderlyWayWhenItsTimeIsOver() {
        StillHub hub = new StillHub();
        RecordingConnection connection = join(hub, MINUTE);
        hub.pass(MINUTE.minusNanos(1));
        hub.publish("a", "in time");
        assertFalse(connection.over());

        hub.pass(Duration.ofNanos(1));
        hub.publish("a", "too late");
        assertEquals(Collections.singletonList(null), connection.ends);
        assertEquals(1, connection.closed);
        assertEquals(List.of("in time"), connection.data());
        assertEquals(0, hub.hub.subscriptions());
    }

    @Test
    void endsOneThatIsNotReadingToo() {
        StillHub hub = new StillHub();
        RecordingConnection full = join(hub, StillHub.STALL.dividedBy(2));
        full.takes(1);
        hub.publish("a", "1");
        hub.pass(StillHub.STALL.dividedBy(2));

        assertEquals(Collections.singletonList(null), full.ends);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -60_000, Long.MIN_VALUE})
    void endsAtOnceIfThereIsNoTimeLeft(long millis) {
        StillHub hub = new StillHub();
        hub.publish("a", "old");

        assertTrue(join(hub, Duration.of(millis, ChronoUnit.MILLIS)).over());
    }

    @Test
    void goesOnForAsLongAsTheSoonerOfStayAndLifetime() {
        StillHub hub = new StillHub(new ReplayLimit(1, 1), MINUTE);
        RecordingConnection shorter = join(hub, MINUTE.dividedBy(4));
        RecordingConnection longer = join(hub, MINUTE.multipliedBy(4));
        hub.pass(MINUTE.dividedBy(4));
        assertTrue(shorter.over());
        assertFalse(longer.over());

        hub.pass(MINUTE);
        assertTrue(longer.over());
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 33, 1L << 34, Long.MAX_VALUE})
    void goesOnForATimeThatNoClockHasNanosecondsFor(long seconds) {
        StillHub hub = new StillHub();
        RecordingConnection longest = join(hub, Duration.ofSeconds(seconds));
        RecordingConnection short_ = join(hub, MINUTE);
        hub.pass(MINUTE);
        hub.publish("a", "1");

        assertTrue(short_.over());
        assertFalse(longest.over());
        assertEquals(List.of("1"), longest.data());
    }

    private static RecordingConnection join(StillHub hub, @Nullable Duration stay) {
        RecordingConnection connection = new RecordingConnection();
        Selection selection = Selection.of(Set.of(new Topic("a")));
        hub.hub.subscribe(selection, new Arrival(null, true, false, stay), connection, connection);
        hub.turn();
        return connection;
    }
}
