package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.courant.event.Event;
import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import dev.courant.log.ReplayLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Delivery of private events and of events with several topics. */
class RestrictedTest {

    private static final TopicSelection A_AS_ANONYMOUS = named(new NoTopics(), "a");
    private static final TopicSelection A_WITH_RIGHTS = named(new PrefixSelector("a"), "a");
    private static final TopicSelection ALL_AS_ANYBODY =
            new TopicSelection(Set.of(), Set.of(new PrefixSelector("")), new NoTopics());
    private static final TopicSelection ALL_WITH_RIGHTS =
            new TopicSelection(Set.of(), Set.of(new PrefixSelector("")), new PrefixSelector("a"));

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void isDeliveredToSubscribersWithARightToOneOfItsTopics() {
        List<RecordingConnection> may = List.of(join(A_WITH_RIGHTS, null), join(ALL_WITH_RIGHTS, null));
        List<RecordingConnection> mayNot = List.of(join(A_AS_ANONYMOUS, null), join(ALL_AS_ANYBODY, null));
        publishEach();

        may.forEach(each -> assertEquals(List.of("open", "secret", "both"), each.data()));
        mayNot.forEach(each -> assertEquals(List.of("open"), each.data()));
    }

    @Test
    void isReplayedToSubscribersWithARightToOneOfItsTopics() {
        publishEach();

        for (String from : List.of("#e-0", Event.EARLIEST)) {
            assertEquals(
                    List.of("open", "secret", "both"), join(A_WITH_RIGHTS, from).data());
            assertEquals(
                    List.of("open", "secret", "both"),
                    join(ALL_WITH_RIGHTS, from).data());
            assertEquals(List.of("open"), join(A_AS_ANONYMOUS, from).data());
            assertEquals(List.of("open"), join(ALL_AS_ANYBODY, from).data());
        }
    }

    @Test
    void isSkippedForUnauthorizedSubscribersThatCatchUp() {
        List<RecordingConnection> all =
                List.of(join(A_WITH_RIGHTS, null), join(A_AS_ANONYMOUS, null), join(ALL_AS_ANYBODY, null));
        all.forEach(each -> each.accept(1));
        publish("first", false, "a");
        publishEach();
        publish("last", false, "a");
        all.forEach(RecordingConnection::readAll);
        hub.runTurns();

        assertEquals(
                List.of("first", "open", "secret", "both", "last"), all.get(0).data());
        assertEquals(List.of("first", "open", "last"), all.get(1).data());
        assertEquals(List.of("first", "open", "last"), all.get(2).data());
    }

    @Test
    void doesNotHoldBackUnauthorizedSubscribers() {
        ThreadlessHub narrow = new ThreadlessHub(5);
        RecordingConnection full = new RecordingConnection();
        narrow.subscribe(full, null, A_AS_ANONYMOUS);
        narrow.runTurns();
        full.accept(1);
        narrow.publish("a", "1");
        for (int n = 0; n < 20; n++) {
            narrow.store(event("secret", true, "b", "c"));
        }
        narrow.runTurns();
        narrow.publish("a", "2");
        full.readAll();
        narrow.runTurns();

        assertEquals(List.of("1", "2"), full.data());
        assertFalse(full.isEnded());
    }

    @Test
    void causesNoGapForPatternsWhenItsTopicIsEvicted() {
        ThreadlessHub narrow = new ThreadlessHub(5);
        RecordingConnection full = new RecordingConnection();
        narrow.subscribe(full, null, new TopicSelection(Set.of(), Set.of(new PrefixSelector("a")), new NoTopics()));
        narrow.runTurns();
        full.accept(1);
        narrow.publish("a", "1");
        for (int n = 0; n < 20; n++) {
            narrow.store(event("secret", true, "b" + n));
            narrow.runTurns();
        }
        narrow.publish("a2", "2"); // separate topics, so that none of them has the largest share
        narrow.publish("a3", "3");
        full.readAll();
        narrow.runTurns();

        assertEquals(List.of("1", "2", "3"), full.data());
        assertFalse(full.isEnded());
    }

    @Test
    void doesNotCountInTheReplayToUnauthorizedSubscribers() {
        ThreadlessHub limited = new ThreadlessHub(new ReplayLimit(2, 1 << 20), null);
        for (String data : List.of("1", "2")) {
            limited.store(event(data, false, "a"));
            limited.store(event("secret", true, "a"));
        }
        RecordingConnection anonymous = new RecordingConnection();
        limited.subscribe(anonymous, "#e-0", A_AS_ANONYMOUS);
        RecordingConnection reader = new RecordingConnection();
        limited.subscribe(reader, "#e-0", A_WITH_RIGHTS);
        limited.runTurns();

        assertEquals(List.of("1", "2"), anonymous.data());
        assertEquals("gap", reader.received().events().get(0).type(), "it may read four");
    }

    @Test
    void doesNotRevealItsExistenceByItsId() {
        publish("1", false, "a");
        hub.store(new Event(List.of(new Topic("a")), true, "urn:known", null, null, "secret"));
        publish("2", false, "a");
        hub.store(new Event(List.of(new Topic("b")), false, "urn:known", null, null, "the same id"));
        publish("3", false, "a");
        hub.store(new Event(List.of(new Topic("b")), true, "urn:secret", null, null, "secret"));

        assertEquals(answer(A_AS_ANONYMOUS, "urn:other"), answer(A_AS_ANONYMOUS, "urn:secret"));
        assertEquals(List.of("3"), join(A_AS_ANONYMOUS, "urn:known").data(), "after the one that it may read");
        assertEquals(List.of("2", "3"), join(A_WITH_RIGHTS, "urn:known").data());
        TopicSelection withRightsOfB = named(new PrefixSelector("b"), "a");
        assertEquals(List.of(), join(withRightsOfB, "urn:secret").data());
    }

    /** Returns everything that a client with this id receives, with the id removed. */
    private String answer(TopicSelection selection, String lastEventId) {
        RecordingConnection connection = new RecordingConnection();
        String resumesAfter = hub.subscribe(connection, lastEventId, selection).resumesAfter();
        hub.runTurns();
        return resumesAfter + connection.received().events().toString().replace(lastEventId, "");
    }

    @Test
    void isSentOnceToASubscriberOfSeveralOfItsTopics() {
        TopicSelection everyWay = new TopicSelection(
                Set.of(new Topic("a"), new Topic("b")),
                Set.of(new PrefixSelector(""), new PrefixSelector("a")),
                new PrefixSelector(""));
        RecordingConnection live = join(everyWay, null);
        RecordingConnection stalled = join(everyWay, null);
        stalled.accept(0);
        publishEach();
        publishEach();
        stalled.readAll();
        hub.runTurns();

        List<String> each = List.of("open", "secret", "both", "b's", "open", "secret", "both", "b's");
        assertEquals(each, live.data());
        assertEquals(each, stalled.data());
        assertEquals(each, join(everyWay, "#e-0").data());
    }

    private void publishEach() {
        hub.store(event("open", false, "a"));
        hub.store(event("secret", true, "a"));
        hub.store(event("both", true, "b", "a"));
        hub.store(event("b's", true, "b"));
        hub.runTurns();
    }

    private void publish(String data, boolean restricted, String... topics) {
        hub.store(event(data, restricted, topics));
        hub.runTurns();
    }

    private RecordingConnection join(TopicSelection selection, String lastEventId) {
        RecordingConnection connection = new RecordingConnection();
        hub.subscribe(connection, lastEventId, selection);
        hub.runTurns();
        return connection;
    }

    private static Event event(String data, boolean restricted, String... topics) {
        return new Event(Arrays.stream(topics).map(Topic::new).toList(), restricted, null, null, null, data);
    }

    private static TopicSelection named(TopicSelector readable, String topic) {
        return new TopicSelection(Set.of(new Topic(topic)), Set.of(), readable);
    }
}
