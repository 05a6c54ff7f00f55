package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStreamParser.Received;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {

    private final ThreadlessHub hub = new ThreadlessHub(4);

    @BeforeEach
    void publishSix() {
        for (int n = 1; n <= 6; n++) {
            hub.publish("a", "" + n);
        }
    }

    @Test
    void resumesAfterLastEventId() {
        RecordingConnection connection = hub.resume("#e-4", "a");
        hub.publish("a", "7");

        assertEquals(List.of("5", "6", "7"), connection.data());
        assertEquals("#e-5", connection.received().events().get(0).id());
    }

    @Test
    void sendsTheIdOfTheCursorAtTheStart() {
        RecordingConnection connection = hub.join(new RecordingConnection().accept(1), "#e-4", "a");

        assertEquals("#e-4", connection.received().lastEventId());
    }

    @Test
    void resumesAtTheEdgesOfTheWindow() {
        assertEquals(List.of("3", "4", "5", "6"), hub.resume("#e-2", "a").data());
        assertEquals(List.of(), hub.resume("#e-6", "a").data());
    }

    @Test
    void resumesOverEventsOfOtherTopics() {
        hub.publish("b", "7");

        assertEquals(List.of("7"), hub.resume("#e-3", "b").data());
        assertEquals(List.of("4", "5", "6", "7"), hub.resume("#e-3", "a", "b").data());
    }

    @Test
    void keepsAResumedSubscriberOfAQuietTopic() {
        RecordingConnection quiet = hub.resume("#e-3", "quiet");
        for (int n = 7; n < 20; n++) {
            hub.publish("a", "" + n);
        }
        hub.publish("quiet", "20");

        assertEquals(List.of("20"), quiet.data());
        assertFalse(quiet.isEnded());
    }

    @Test
    void resumesClientsOfAnAudienceFromDifferentCursors() {
        RecordingConnection three = hub.resume("#e-3", "a");
        RecordingConnection live = hub.join("a");
        RecordingConnection five = hub.resume("#e-5", "a");
        hub.publish("b", "7");
        hub.publish("a", "8");

        assertEquals(List.of("4", "5", "6", "8"), three.data());
        assertEquals(List.of("8"), live.data());
        assertEquals(List.of("6", "8"), five.data());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#e-1",
                "#e-0",
                "other-5",
                "#e-7",
                "#e-999999999999999999",
                "5",
                "#e-05",
                "\n",
                "\"}",
                "null",
                "é",
                "#e-99999999999999999999"
            })
    void sendsAGapIfItCannotResumeAndContinuesWithTheOldestRetainedEvent(String lastEventId) {
        RecordingConnection connection = hub.resume(lastEventId, "a");
        hub.publish("a", "7");

        List<Received> events = connection.received().events();
        assertEquals("gap", events.get(0).type());
        assertEquals("#e-2", events.get(0).id());
        String ends = ",\"resumed\":\"#e-2\",\"completeAfter\":\"#e-2\"}";
        assertTrue(events.get(0).data().endsWith(ends), events.get(0)::data);
        assertEquals(new Received("#e-3", "message", "3"), events.get(1));
        assertEquals(List.of("3", "4", "5", "6", "7"), data(events.subList(1, events.size())));
        assertFalse(connection.isEnded());
    }

    @Test
    void resumesWithoutAGapFromTheIdOfAGap() {
        assertEquals(List.of("3", "4", "5", "6"), hub.resume("#e-2", "a").data());
        assertEquals("#e-2", hub.resume("#e-1", "a").received().events().get(0).id());
    }

    @Test
    void continuesWithTheEventsOfAQuietTopicThoughABusyOneHasEvictedSome() {
        ThreadlessHub wide = new ThreadlessHub(4);
        wide.publish("a", "1");
        wide.publish("quiet", "2");
        for (int n = 3; n <= 12; n++) {
            wide.publish("a", "" + n);
        }
        List<Received> events = wide.resume("#e-1", "a", "quiet").received().events();

        assertEquals(
                new Received("#e-1", "gap", "{\"requested\":\"#e-1\",\"resumed\":\"#e-1\",\"completeAfter\":\"#e-9\"}"),
                events.get(0));
        assertEquals(List.of("2", "10", "11", "12"), data(events.subList(1, events.size())));
    }

    @Test
    void continuesLiveAfterAGapIfNothingIsRetained() {
        hub.publish("b", "7");
        for (int n = 8; n <= 20; n++) {
            hub.publish("a", "" + n);
        }
        hub.advanceTime(Duration.ofHours(2));
        RecordingConnection connection = hub.resume("#e-3", "b");
        hub.publish("b", "21");

        List<Received> events = connection.received().events();
        assertEquals(
                new Received(
                        "#e-20", "gap", "{\"requested\":\"#e-3\",\"resumed\":\"#e-20\",\"completeAfter\":\"#e-20\"}"),
                events.get(0));
        assertEquals(List.of("21"), data(events.subList(1, events.size())));
    }

    @Test
    void sendsAnotherGapIfMoreIsEvictedBeforeTheFirstEvent() {
        RecordingConnection connection = new RecordingConnection().accept(1);
        hub.subscribe(connection, "#e-1", "a");
        hub.runTurns();
        for (int n = 7; n <= 20; n++) {
            hub.publish("a", "" + n);
        }
        connection.readAll();
        hub.runTurns();
        hub.publish("a", "21");

        List<Received> events = connection.received().events();
        assertEquals("#e-2", events.get(0).id());
        assertEquals(
                new Received(
                        "#e-16", "gap", "{\"requested\":\"#e-2\",\"resumed\":\"#e-16\",\"completeAfter\":\"#e-16\"}"),
                events.get(1));
        assertEquals(List.of("17", "18", "19", "20", "21"), data(events.subList(2, events.size())));
        assertFalse(connection.isEnded());
    }

    @Test
    void disconnectsAClientThatFallsBehindAfterItsFirstEventDespiteAGap() {
        RecordingConnection connection = new RecordingConnection().accept(2);
        hub.subscribe(connection, "#e-1", "a");
        hub.runTurns();
        for (int n = 7; n <= 20; n++) {
            hub.publish("a", "" + n);
        }
        connection.readAll();
        hub.runTurns();

        assertInstanceOf(SlowClientException.class, connection.ends.get(0));
    }

    private static List<String> data(List<Received> events) {
        return events.stream().map(Received::data).toList();
    }

    @Test
    void repeatsALongIdInPartOnly() {
        Received gap = hub.resume("x".repeat(100_000), "a").received().events().get(0);

        assertEquals(
                "{\"requested\":\"" + "x".repeat(256) + "\",\"resumed\":\"#e-2\",\"completeAfter\":\"#e-2\"}",
                gap.data());
    }

    @Test
    void treatsAnEmptyIdAsMissing() {
        assertEquals(List.of(), hub.resume("", "a").data());
    }

    @Test
    void disconnectsAClientWhoseCursorIsEvictedBeforeTheFirstWrite() {
        RecordingConnection connection = new RecordingConnection();
        hub.subscribe(connection, "#e-2", "a");
        hub.store("a", "7");
        hub.runTurns();

        assertEquals(List.of(), connection.data(), "not from the middle");
        assertInstanceOf(SlowClientException.class, connection.ends.get(0));

        assertEquals("gap", hub.resume("#e-2", "a").received().events().get(0).type());
    }
}
