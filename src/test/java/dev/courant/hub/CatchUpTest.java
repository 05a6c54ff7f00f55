package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private final ThreadlessHub hub = new ThreadlessHub(10);

    @Test
    void catchesUpWithoutGapOrDuplicate() {
        RecordingConnection slow = hub.join("a");
        RecordingConnection quick = hub.join("a");
        slow.accept(1);
        for (int n = 1; n <= 7; n++) {
            hub.publish("a", "" + n);
        }
        assertEquals(List.of("1"), slow.data());

        slow.read(1);
        hub.runTurns();
        hub.publish("a", "8");
        slow.readAll();
        hub.runTurns();
        hub.publish("a", "9");

        List<String> all = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertEquals(all, slow.data());
        assertEquals(all, quick.data());
    }

    @Test
    void acceptsSpuriousSignals() {
        RecordingConnection connection = hub.join("a");
        hub.publish("a", "1");
        connection.signal();
        connection.signal();
        hub.runTurns();
        hub.publish("a", "2");
        connection.signal();
        hub.runTurns();

        assertEquals(List.of("1", "2"), connection.data());
        assertEquals(3, connection.batches.size());
        assertFalse(connection.isEnded());
    }

    @Test
    void disconnectsAClientThatFallsOutOfTheWindow() {
        RecordingConnection slow = hub.join("a");
        RecordingConnection quick = hub.join("a");
        slow.accept(1);
        for (int n = 0; n < 12; n++) {
            hub.publish("a", "" + n);
        }
        slow.readAll();
        hub.runTurns();

        assertEquals(List.of("0"), slow.data(), "nothing after the evicted events");
        assertEquals(1, slow.ends.size());
        assertInstanceOf(SlowClientException.class, slow.ends.get(0));
        assertEquals(1, slow.closed);
        assertEquals(12, quick.data().size());
        assertFalse(quick.isEnded());
    }

    @Test
    void keepsAClientThatIsJustInsideTheWindow() {
        RecordingConnection slow = hub.join("a");
        slow.accept(1);
        for (int n = 0; n < 11; n++) {
            hub.publish("a", "" + n);
        }
        slow.readAll();
        hub.runTurns();

        assertEquals(11, slow.data().size());
        assertFalse(slow.isEnded());
    }

    @Test
    void keepsTheSubscribersOfAQuietTopicDespiteBusyTopics() {
        RecordingConnection quiet = hub.join("quiet");
        RecordingConnection quietAndBusy = hub.join(new RecordingConnection().accept(1), null, "quiet");
        for (int n = 0; n < 25; n++) {
            hub.publish("busy", "" + n);
        }
        hub.publish("quiet", "1");
        hub.publish("quiet", "2");
        quietAndBusy.readAll();
        hub.runTurns();

        assertEquals(List.of("1", "2"), quiet.data());
        assertEquals(List.of("1", "2"), quietAndBusy.data());
        assertFalse(quiet.isEnded());
    }

    @Test
    void doesNotHoldAFullConnectionBackByUnselectedEvents() {
        RecordingConnection full = hub.join("quiet");
        full.accept(1);
        hub.publish("quiet", "1");
        for (int n = 0; n < 25; n++) {
            hub.publish("busy", "" + n);
        }
        hub.publish("quiet", "2");
        full.readAll();
        hub.runTurns();

        assertEquals(List.of("1", "2"), full.data());
        assertFalse(full.isEnded());
    }

    @Test
    void disconnectsClientsThatLostEventsInAnOverrun() {
        RecordingConnection connection = hub.join("a");
        for (int n = 0; n < 11; n++) {
            hub.store("a", "" + n);
        }
        hub.runTurns();

        assertEquals(List.of(), connection.data());
        assertInstanceOf(SlowClientException.class, connection.ends.get(0));
    }

    @Test
    void readsOnAfterPublishersOutranAWindow() {
        hub.join("a");
        for (int n = 1; n <= 20; n++) {
            hub.store("a", "" + n);
        }
        RecordingConnection inside = new RecordingConnection();
        hub.subscribe(inside, "#e-15", "a");
        RecordingConnection full = new RecordingConnection().accept(0);
        hub.subscribe(full, "#e-15", "a");
        hub.runTurns();
        hub.publish("a", "21");
        full.readAll();
        hub.runTurns();

        List<String> after = List.of("16", "17", "18", "19", "20", "21");
        assertEquals(after, inside.data());
        assertEquals(after, full.data());
        assertFalse(inside.isEnded());
    }

    @Test
    void retainsNothingForASlowClientBeyondTheLog() {
        Duration age = ThreadlessHub.STALL.dividedBy(2);
        ThreadlessHub forgetful = new ThreadlessHub(new WindowBounds(10, 1 << 20, age), 1);
        RecordingConnection slow = forgetful.join("a");
        slow.accept(1);
        forgetful.publish("a", "taken");
        forgetful.publish("a", "waits");
        forgetful.advanceTime(age.plusNanos(1));
        slow.readAll();
        forgetful.runTurns();

        assertEquals(List.of("taken"), slow.data());
        assertInstanceOf(SlowClientException.class, slow.ends.get(0));
    }

    @Test
    void deliversAllOfAWindowPublishedBetweenTurns() {
        RecordingConnection connection = hub.join("a");
        for (int n = 0; n < 10; n++) {
            hub.store("a", "" + n);
        }
        hub.runTurns();

        assertEquals(10, connection.data().size());
        assertTrue(connection.batches.size() == 2, "the opening and one batch");
    }
}
