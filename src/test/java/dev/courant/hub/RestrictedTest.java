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

/** Who gets an event that is not for everybody, or that has several topics. */
class RestrictedTest {

    private static final TopicSelection A_AS_ANYBODY = named(new NoTopics(), "a");
    private static final TopicSelection A_WITH_RIGHTS = named(new PrefixSelector("a"), "a");
    private static final TopicSelection ALL_AS_ANYBODY =
            new TopicSelection(Set.of(), Set.of(new PrefixSelector("")), new NoTopics());
    private static final TopicSelection ALL_WITH_RIGHTS =
            new TopicSelection(Set.of(), Set.of(new PrefixSelector("")), new PrefixSelector("a"));

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void goesLiveToThoseWhoMayReadOneOfItsTopics() {
        List<RecordingConnection> may = List.of(join(A_WITH_RIGHTS, null), join(ALL_WITH_RIGHTS, null));
        List<RecordingConnection> mayNot = List.of(join(A_AS_ANYBODY, null), join(ALL_AS_ANYBODY, null));
        publishEach();

        may.forEach(each -> assertEquals(List.of("open", "secret", "both"), each.data()));
        mayNot.forEach(each -> assertEquals(List.of("open"), each.data()));
    }

    @Test
    void isReplayedToThoseWhoMayReadOneOfItsTopics() {
        publishEach();

        for (String from : List.of("#e-0", Event.EARLIEST)) {
            assertEquals(
                    List.of("open", "secret", "both"), join(A_WITH_RIGHTS, from).data());
            assertEquals(
                    List.of("open", "secret", "both"),
                    join(ALL_WITH_RIGHTS, from).data());
            assertEquals(List.of("open"), join(A_AS_ANYBODY, from).data());
            assertEquals(List.of("open"), join(ALL_AS_ANYBODY, from).data());
        }
    }

    @Test
    void staysFromThoseWhoMayNotReadItWhenTheyCatchUp() {
        List<RecordingConnection> all =
                List.of(join(A_WITH_RIGHTS, null), join(A_AS_ANYBODY, null), join(ALL_AS_ANYBODY, null));
        all.forEach(each -> each.takes(1));
        publish("first", false, "a");
        publishEach();
        publish("last", false, "a");
        all.forEach(RecordingConnection::readsAll);
        hub.turn();

        assertEquals(
                List.of("first", "open", "secret", "both", "last"), all.get(0).data());
        assertEquals(List.of("first", "open", "last"), all.get(1).data());
        assertEquals(List.of("first", "open", "last"), all.get(2).data());
    }

    @Test
    void doesNotHoldThoseBackWhoMayNotReadIt() {
        ThreadlessHub narrow = new ThreadlessHub(5);
        RecordingConnection full = new RecordingConnection();
        narrow.subscribe(full, null, A_AS_ANYBODY);
        narrow.turn();
        full.takes(1);
        narrow.publish("a", "1");
        for (int n = 0; n < 20; n++) {
            narrow.store(event("secret", true, "b", "c"));
        }
        narrow.turn();
        narrow.publish("a", "2");
        full.readsAll();
        narrow.turn();

        assertEquals(List.of("1", "2"), full.data());
        assertFalse(full.over());
    }

    @Test
    void isNotMissedByThoseWithPatternsWhenItsTopicIsForgotten() {
        ThreadlessHub narrow = new ThreadlessHub(5);
        RecordingConnection full = new RecordingConnection();
        narrow.subscribe(full, null, new TopicSelection(Set.of(), Set.of(new PrefixSelector("a")), new NoTopics()));
        narrow.turn();
        full.takes(1);
        narrow.publish("a", "1");
        for (int n = 0; n < 20; n++) {
            narrow.store(event("secret", true, "b" + n));
            narrow.turn();
        }
        narrow.publish("a2", "2"); // topics of their own, so that none of them has the largest share
        narrow.publish("a3", "3");
        full.readsAll();
        narrow.turn();

        assertEquals(List.of("1", "2", "3"), full.data());
        assertFalse(full.over());
    }

    @Test
    void doesNotCountInWhatIsReplayedToThoseWhoMayNotReadIt() {
        ThreadlessHub limited = new ThreadlessHub(new ReplayLimit(2, 1 << 20), null);
        for (String data : List.of("1", "2")) {
            limited.store(event(data, false, "a"));
            limited.store(event("secret", true, "a"));
        }
        RecordingConnection anybody = new RecordingConnection();
        limited.subscribe(anybody, "#e-0", A_AS_ANYBODY);
        RecordingConnection reader = new RecordingConnection();
        limited.subscribe(reader, "#e-0", A_WITH_RIGHTS);
        limited.turn();

        assertEquals(List.of("1", "2"), anybody.data());
        assertEquals("gap", reader.received().events().get(0).type(), "it may read four");
    }

    @Test
    void doesNotShowByItsIdThatItExists() {
        publish("1", false, "a");
        hub.store(new Event(List.of(new Topic("a")), true, "urn:known", null, null, "secret"));
        publish("2", false, "a");
        hub.store(new Event(List.of(new Topic("b")), false, "urn:known", null, null, "the same id"));
        publish("3", false, "a");
        hub.store(new Event(List.of(new Topic("b")), true, "urn:secret", null, null, "secret"));

        assertEquals(answer(A_AS_ANYBODY, "urn:other"), answer(A_AS_ANYBODY, "urn:secret"));
        assertEquals(List.of("3"), join(A_AS_ANYBODY, "urn:known").data(), "after the one that it may read");
        assertEquals(List.of("2", "3"), join(A_WITH_RIGHTS, "urn:known").data());
        TopicSelection withRightsOfB = named(new PrefixSelector("b"), "a");
        assertEquals(List.of(), join(withRightsOfB, "urn:secret").data());
    }

    /** What a client is told and sent that names an id, without that id. */
    private String answer(TopicSelection selection, String lastEventId) {
        RecordingConnection connection = new RecordingConnection();
        String resumesAfter = hub.subscribe(connection, lastEventId, selection).resumesAfter();
        hub.turn();
        return resumesAfter + connection.received().events().toString().replace(lastEventId, "");
    }

    @Test
    void goesOnceToOneWhoFollowsSeveralOfItsTopics() {
        TopicSelection everyWay = new TopicSelection(
                Set.of(new Topic("a"), new Topic("b")),
                Set.of(new PrefixSelector(""), new PrefixSelector("a")),
                new PrefixSelector(""));
        RecordingConnection live = join(everyWay, null);
        RecordingConnection stalled = join(everyWay, null);
        stalled.takes(0);
        publishEach();
        publishEach();
        stalled.readsAll();
        hub.turn();

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
        hub.turn();
    }

    private void publish(String data, boolean restricted, String... topics) {
        hub.store(event(data, restricted, topics));
        hub.turn();
    }

    private RecordingConnection join(TopicSelection selection, String lastEventId) {
        RecordingConnection connection = new RecordingConnection();
        hub.subscribe(connection, lastEventId, selection);
        hub.turn();
        return connection;
    }

    private static Event event(String data, boolean restricted, String... topics) {
        return new Event(Arrays.stream(topics).map(Topic::new).toList(), restricted, null, null, null, data);
    }

    private static TopicSelection named(TopicSelector readable, String topic) {
        return new TopicSelection(Set.of(new Topic(topic)), Set.of(), readable);
    }
}
