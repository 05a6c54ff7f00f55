package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.log.ReplayLimit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The id in the response header that names the event before the first one of the stream. */
class ResumesAfterTest {

    private final ThreadlessHub limited = new ThreadlessHub(new ReplayLimit(3, 1 << 20), null);
    private final ThreadlessHub hub = new ThreadlessHub(10);

    @BeforeEach
    void publishFive() {
        publishFive(limited);
        publishFive(hub);
    }

    private static void publishFive(ThreadlessHub hub) {
        hub.publish("a", "1");
        hub.publish("a", "2");
        hub.store(new Event(new Topic("a"), "urn:three", null, null, "3"));
        hub.publish("a", "4");
        hub.publish("a", "5");
    }

    @Test
    void isMissingWithoutARequestedId() {
        assertNull(resumesAfter(null, "a"));
        assertNull(resumesAfter("", "a"));
    }

    @Test
    void isTheRequestedIdIfItCanResume() {
        assertEquals("#e-2", resumesAfter("#e-2", "a"));
        assertEquals("#e-5", resumesAfter("#e-5", "a"));
        assertEquals("urn:three", resumesAfter("urn:three", "a"));
    }

    @Test
    void isEarliestForAnUnknownId() {
        assertEquals(Event.EARLIEST, resumesAfter("urn:none", "a"));
        assertEquals(Event.EARLIEST, resumesAfter("#e-6", "a"));
        assertEquals(Event.EARLIEST, resumesAfter("#other-2", "a"));
        assertEquals(Event.EARLIEST, resumesAfter("\r\nx: y", "a"));
    }

    @Test
    void isEarliestIfEventsAfterTheIdAreMissing() {
        for (int n = 0; n < 1000; n++) {
            hub.publish("a", "more");
        }
        assertEquals(Event.EARLIEST, resumesAfter("#e-2", "a"));
    }

    @Test
    void isTheStartIfTheLimitMovesIt() {
        assertEquals("#e-2", resumesAfter(limited, "#e-1", "a"), "three of four");
        assertEquals("#e-2", resumesAfter(limited, Event.EARLIEST, "a"), "three of five");
        assertEquals("#e-2", resumesAfter(limited, "#other-4", "a"), "three of five");
        for (int n = 0; n < 1000; n++) {
            limited.publish("a", "more");
        }
        assertEquals("#e-1002", resumesAfter(limited, "#e-2", "a"), "three of a thousand");
    }

    @Test
    void isEarliestIfNothingIsMissing() {
        hub.publish("b", "6");
        assertEquals(Event.EARLIEST, resumesAfter(Event.EARLIEST, "b"));
        assertEquals(Event.EARLIEST, resumesAfter(Event.EARLIEST, "none"));
    }

    private @Nullable String resumesAfter(@Nullable String lastEventId, String topic) {
        return resumesAfter(hub, lastEventId, topic);
    }

    private static @Nullable String resumesAfter(ThreadlessHub hub, @Nullable String lastEventId, String topic) {
        return hub.subscribe(new RecordingConnection(), lastEventId, topic).resumesAfter();
    }
}
