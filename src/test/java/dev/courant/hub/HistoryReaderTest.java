package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.ReplayLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events that the window has evicted are read from the log's history. */
class HistoryReaderTest {

    private static final int WINDOW = 5;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final TopicSelection TOPIC_A = TopicSelection.of(Set.of(new Topic("a")));

    private final TestHistoryLog log = new TestHistoryLog(WINDOW);
    private final Queue<Runnable> pending = new ArrayDeque<>();
    private final ThreadlessHub hub = new ThreadlessHub(log, pending::add);

    @Test
    void continuesFromTheHistoryThroughTheWindowToNewEvents() {
        publish("a", 1, 20);
        RecordingConnection client = hub.resume("#e-3", "a");
        assertEquals(List.of(), client.data());
        runAll();
        publish("a", 21, 22);

        assertEquals(numbers(4, 22), client.data());
    }

    @Test
    void missesNothingPublishedDuringAHistoryRead() {
        publish("a", 1, 10);
        RecordingConnection client = hub.resume("#e-2", "a");
        publish("a", 11, 30);
        runAll();
        publish("a", 31, 31);

        assertEquals(numbers(3, 31), client.data());
        assertFalse(client.isEnded());
    }

    @Test
    void skipsUnselectedEventsInTheHistory() {
        publish("a", 1, 1);
        publish("other", 1, 40);
        RecordingConnection client = hub.resume("#e-1", "a");
        runAll();
        publish("a", 2, 2);

        assertEquals(List.of("2"), client.data());
    }

    @Test
    void replaysTheWholeHistoryFromEarliest() {
        publish("a", 1, 20);
        log.floor = 4;
        RecordingConnection client = hub.resume("earliest", "a");
        runAll();

        assertEquals(numbers(5, 20), client.data());
    }

    @Test
    void limitsTheReplayFromEarliestWhenEventsAreEvicted() {
        publish("a", 1, 20);
        log.floor = 4;

        assertEquals(13, log.findReplayStart(TOPIC_A, 0, new ReplayLimit(7, 1 << 20)));
    }

    @Test
    void readsALittleAtATime() {
        String kilobytes = "x".repeat(Audience.BATCH_BYTES / 4);
        IntStream.range(0, 20).forEach(n -> hub.publish("a", kilobytes));
        RecordingConnection client = hub.resume("#e-0", "a");
        runAll();

        assertEquals(20, client.data().size());
        assertTrue(log.reads >= 4, () -> "read " + log.reads + " times");
    }

    @Test
    void readsOnceForClientsWithTheSameCursor() {
        publish("a", 1, 20);
        RecordingConnection one = hub.resume("#e-3", "a");
        RecordingConnection other = hub.resume("#e-3", "a");
        runAll();

        assertEquals(1, log.reads);
        assertEquals(numbers(4, 20), one.data());
        assertEquals(one.data(), other.data());
    }

    @Test
    void waitsForTheClientToReadAndReadsAgain() {
        publish("a", 1, 20);
        RecordingConnection client = hub.join(new RecordingConnection().accept(1), "#e-3", "a");
        runAll();
        assertEquals(List.of(), client.data());
        assertEquals(0, log.reads, "nothing is read for a full connection");
        client.readAll();
        runAll();

        assertEquals(numbers(4, 20), client.data());
    }

    @Test
    void isNotWrittenToWhileItIsFullWhenWhatWasReadArrives() {
        publish("a", 1, 20);
        RecordingConnection client = hub.join(new RecordingConnection().accept(2), "#e-3", "a");
        hub.advanceTime(ThreadlessHub.HEARTBEAT); // uses the remaining capacity
        runAll();
        assertEquals(List.of(), client.data());
        client.readAll();
        runAll();

        assertEquals(numbers(4, 20), client.data());
    }

    @Test
    void staysOpenAndTriesAgainWhileTheHistoryCannotBeRead() {
        publish("a", 1, 20);
        log.unavailable = true;
        RecordingConnection client = hub.resume("#e-3", "a");
        runAll();
        hub.advanceTime(SECOND);
        runAll();
        assertEquals(2, log.reads);
        publish("a", 21, 21);
        hub.advanceTime(ThreadlessHub.HEARTBEAT);
        runAll();
        assertEquals("#e-3", client.received().lastEventId(), "no heartbeat tells it a place that it has not come to");
        log.unavailable = false;
        hub.advanceTime(SECOND);
        runAll();

        assertEquals(numbers(4, 21), client.data());
        assertFalse(client.isEnded());
    }

    @Test
    void waitsBeforeItRepeatsAReadThatReturnsNothing() {
        publish("a", 1, 20);
        log.stuck = true;
        RecordingConnection client = hub.resume("#e-3", "a");
        for (int read = 0; read < 3 && !pending.isEmpty(); read++) {
            pending.remove().run();
            hub.runTurns();
        }
        assertEquals(1, log.reads);
        log.stuck = false;
        hub.advanceTime(SECOND);
        runAll();

        assertEquals(numbers(4, 20), client.data());
    }

    @Test
    void announcesTheExpiryOfATokenDuringARead() {
        publish("a", 1, 20);
        log.unavailable = true;
        RecordingConnection client = new RecordingConnection();
        Duration maxDuration = Duration.ofMinutes(1);
        hub.hub.subscribe(
                TOPIC_A,
                new SubscribeRequest(StartPosition.after("#e-3"), true, false, maxDuration, StreamFormat.PLAIN),
                client,
                client);
        runAll();
        hub.advanceTime(maxDuration.dividedBy(2));

        var events = client.received().events();
        assertEquals("token-expiring", events.get(events.size() - 1).type());
    }

    @Test
    void stopsReadingForADisconnectedClient() {
        publish("a", 1, 20);
        log.unavailable = true;
        RecordingConnection client = hub.resume("#e-3", "a");
        runAll();
        client.fail(null);
        hub.advanceTime(SECOND);
        runAll();

        assertEquals(1, log.reads);
        assertEquals(0, hub.hub.countSubscriptions());
    }

    @Test
    void sendsAnotherGapIfTheHistoryEvictsMoreBeforeTheFirstEvent() {
        publish("a", 1, 20);
        log.floor = 4;
        RecordingConnection client = hub.resume("#e-3", "a");
        log.floor = 7;
        runAll();

        List<String> data = client.data();
        assertEquals("{\"requested\":\"#e-3\",\"resumed\":\"#e-4\",\"completeAfter\":\"#e-4\"}", data.get(0));
        assertEquals("{\"requested\":\"#e-4\",\"resumed\":\"#e-4\",\"completeAfter\":\"#e-7\"}", data.get(1));
        assertEquals(numbers(8, 20), data.subList(2, 15));
        assertFalse(client.isEnded());
    }

    @Test
    void endsAStreamWhoseEventsTheHistoryEvicted() {
        publish("a", 1, 20);
        RecordingConnection client = hub.resume("#e-3", "a");
        log.floor = 7;
        runAll();

        assertInstanceOf(SlowClientException.class, client.ends.get(0));
        assertEquals(List.of(), client.data());
    }

    @Test
    void sendsAGapForEventsThatTheHistoryEvicted() {
        publish("a", 1, 20);
        log.floor = 7;
        RecordingConnection client = hub.resume("#e-3", "a");
        runAll();

        assertTrue(client.received().data().get(0).contains("#e-3"), client.data()::toString);
    }

    private void publish(String topic, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(n -> hub.publish(topic, "" + n));
    }

    /** Runs all pending reads and their results, until there are no more. */
    private void runAll() {
        hub.runTurns();
        for (Runnable work = pending.poll(); work != null; work = pending.poll()) {
            work.run();
            hub.runTurns();
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }
}
