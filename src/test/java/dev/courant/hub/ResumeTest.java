package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventStream.Received;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {

    private final StillHub hub = new StillHub(4);

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
    void primesAResumedStreamWithWhereItStands() {
        RecordingConnection connection = hub.join(new RecordingConnection().takes(1), "#e-4", "a");

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
    void keepsAResumedFollowerOfAQuietTopic() {
        RecordingConnection quiet = hub.resume("#e-3", "quiet");
        for (int n = 7; n < 20; n++) {
            hub.publish("a", "" + n);
        }
        hub.publish("quiet", "20");

        assertEquals(List.of("20"), quiet.data());
        assertFalse(quiet.over());
    }

    @Test
    void resumesOnesOfAnAudienceFromDifferentPlaces() {
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
    void tellsOfAGapWhereItCannotResume(String lastEventId) {
        RecordingConnection connection = hub.resume(lastEventId, "a");
        hub.publish("a", "7");

        List<Received> events = connection.received().events();
        assertEquals(2, events.size());
        assertEquals("gap", events.get(0).type());
        assertEquals("#e-6", events.get(0).id());
        assertTrue(events.get(0).data().endsWith(",\"resumed\":\"#e-6\"}"), events.get(0)::data);
        assertEquals(new Received("#e-7", "message", "7"), events.get(1));
        assertFalse(connection.over());
    }

    @Test
    void repeatsALongIdInPartOnly() {
        Received gap = hub.resume("x".repeat(100_000), "a").received().events().get(0);

        assertEquals("{\"requested\":\"" + "x".repeat(256) + "\",\"resumed\":\"#e-6\"}", gap.data());
    }

    @Test
    void takesAnEmptyIdForNone() {
        assertEquals(List.of(), hub.resume("", "a").data());
    }

    @Test
    void endsOneWhosePlaceIsLostBeforeItIsServed() {
        RecordingConnection connection = new RecordingConnection();
        hub.subscribe(connection, "#e-2", "a");
        hub.store("a", "7");
        hub.turn();

        assertEquals(List.of(), connection.data(), "not from the middle");
        assertInstanceOf(SlowClientException.class, connection.ends.get(0));

        assertEquals("gap", hub.resume("#e-2", "a").received().events().get(0).type());
    }
}
