package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamEndTest {

    private final ThreadlessHub hub = new ThreadlessHub();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void servesTheOthersOnceWhenOneBreaks(int which) {
        List<RecordingConnection> all = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            all.add(hub.join("a"));
        }
        IOException gone = new IOException("gone");
        RecordingConnection broken = all.remove(which);
        broken.failure = gone;
        hub.publish("a", "1");
        hub.publish("a", "2");

        assertEquals(List.of(gone), broken.ends);
        assertEquals(1, broken.closed);
        all.forEach(each -> assertEquals(List.of("1", "2"), each.data()));
        all.forEach(each -> assertFalse(each.isEnded()));
        assertEquals(4, hub.hub.countSubscriptions());
    }

    @Test
    void servesTheOthersOnceWhenSeveralBreakAtATime() {
        List<RecordingConnection> all = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            all.add(hub.join("a"));
        }
        for (int n = 0; n < 30; n++) {
            all.get(n).failure = n % 3 == 1 ? null : new IllegalStateException("thrown by a container");
        }
        hub.publish("a", "1");
        hub.publish("a", "2");

        for (int n = 0; n < 30; n++) {
            assertEquals(n % 3 == 1 ? List.of("1", "2") : List.of(), all.get(n).data());
            assertEquals(n % 3 == 1 ? 0 : 1, all.get(n).ends.size());
        }
        assertEquals(10, hub.hub.countSubscriptions());
    }

    @Test
    void endsAStreamThatBreaksOnItsFirstWrite() {
        RecordingConnection broken = new RecordingConnection();
        broken.failure = new IOException("gone");
        hub.join(broken, null, "a");
        hub.publish("a", "1");

        assertEquals(List.of(broken.failure), broken.ends);
        assertEquals(0, hub.hub.countSubscriptions());
    }

    @Test
    void notifiesTheEndListenerOnce() {
        RecordingConnection connection = new RecordingConnection();
        Subscription subscription = hub.subscribe(connection, null, "a");
        hub.runTurns();
        IOException gone = new IOException("gone");
        connection.fail(gone);
        connection.fail(null);
        subscription.close();
        connection.signal();
        hub.runTurns();
        hub.publish("a", "1");

        assertEquals(List.of(gone), connection.ends);
        assertEquals(1, connection.closed);
        assertEquals(List.of(), connection.data());
    }

    @Test
    void endsInAnOrderlyWayWhenAsked() {
        RecordingConnection other = hub.join("a");
        RecordingConnection connection = new RecordingConnection();
        Subscription subscription = hub.subscribe(connection, null, "a");
        subscription.close(); // even before the dispatcher added it
        hub.runTurns();
        hub.publish("a", "1");

        assertEquals(Collections.singletonList(null), connection.ends);
        assertEquals(1, connection.closed);
        assertEquals(List.of("1"), other.data());
    }

    @Test
    void endsAFullStreamWhenItBreaks() {
        RecordingConnection full = hub.join("a");
        full.accept(1);
        hub.publish("a", "1");
        full.fail(null);
        hub.runTurns();
        hub.advanceTime(ThreadlessHub.STALL);

        assertEquals(Collections.singletonList(null), full.ends);
    }

    @Test
    void deliversToANewSubscriberAfterTheLastOneLeft() {
        RecordingConnection first = hub.join("a", "b");
        first.fail(null);
        hub.runTurns();
        hub.publish("a", "nobody");
        RecordingConnection second = hub.join("a", "b");
        hub.publish("a", "1");
        hub.publish("b", "2");

        assertEquals(List.of(), first.data());
        assertEquals(List.of("1", "2"), second.data());
    }

    @Test
    void endsAllWhenItStops() {
        RecordingConnection reading = hub.join("a");
        RecordingConnection full = hub.join("a");
        hub.publish("a", "1");
        full.accept(1);
        hub.publish("a", "2");
        hub.publish("a", "3");
        hub.dispatchers.forEach(DispatcherThread::stop);
        hub.runTurns();

        assertEquals(Collections.singletonList(null), reading.ends);
        assertEquals(Collections.singletonList(null), full.ends);
        assertEquals(1, reading.closed);
        assertEquals(List.of("1", "2", "3"), reading.data());
        assertEquals(List.of("1", "2"), full.data());
        assertEquals(0, hub.hub.countSubscriptions());
    }

    @Test
    void writesAcknowledgedEventsBeforeItStops() {
        RecordingConnection connection = hub.join("a");
        for (int n = 0; n < 3; n++) {
            hub.store("a", "x".repeat(Audience.BATCH_BYTES)); // each needs a turn
        }
        hub.dispatchers.forEach(DispatcherThread::stop);
        hub.runTurns();

        assertEquals(3, connection.data().size());
        assertEquals(Collections.singletonList(null), connection.ends);
    }

    @Test
    void closesNewStreamsAtOnceWhileItStops() {
        hub.dispatchers.forEach(DispatcherThread::stop);
        hub.runTurns();
        RecordingConnection late = hub.join("a");

        assertEquals(Collections.singletonList(null), late.ends);
        assertEquals(1, late.closed);
        assertEquals(0, hub.hub.countSubscriptions());
    }
}
