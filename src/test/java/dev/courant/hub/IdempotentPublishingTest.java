package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.Retention;
import dev.courant.log.Window;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotentPublishingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long now;
    private final MemoryLog log = new MemoryLog("e", Retention.of(new Window(100, 1 << 20, MINUTE)), () -> now);
    private final Hub hub = new Hub(
            log,
            new Timing(MINUTE, MINUTE, MINUTE, null),
            new ReplayLimit(10_000, 1 << 24),
            System::nanoTime,
            new Random(1),
            Thread::new,
            1);
    private final IdempotentPublishing publishing = new IdempotentPublishing(hub, () -> now);

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void publishesOnceUnderOneKey() {
        assertEquals(publish("k", "t", "data"), publish("k", "t", "data"));
        assertEquals(1, log.head());
    }

    @Test
    void publishesUnderEachKey() {
        assertNotEquals(publish("k", "t", "data"), publish("l", "t", "data"));
    }

    @Test
    void refusesAnotherEventUnderTheSameKey() {
        publish("k", "t", "data");
        assertThrows(IdempotentPublishing.KeyReusedException.class, () -> publish("k", "t", "other"));
        assertThrows(IdempotentPublishing.KeyReusedException.class, () -> publish("k", "u", "data"));
        assertEquals(1, log.head());
    }

    @Test
    void comparesEachOfTheTopics() {
        Topic topic = new Topic("t");
        publishing.publish("k", new Event(List.of(topic, new Topic("u")), false, null, null, null, "data"));
        Event other = new Event(List.of(topic, new Topic("v")), false, null, null, null, "data");

        assertThrows(IdempotentPublishing.KeyReusedException.class, () -> publishing.publish("k", other));
    }

    @Test
    void comparesAllThatAnEventHas() {
        Topic topic = new Topic("t");
        publish("k", "t", "data");
        for (Event other : List.of(
                new Event(List.of(topic), true, null, null, null, "data"),
                new Event(List.of(topic, new Topic("u")), false, null, null, null, "data"),
                new Event(topic, "id", null, null, "data"),
                new Event(topic, null, "type", null, "data"),
                new Event(topic, null, null, Duration.ofSeconds(1), "data"))) {
            assertThrows(IdempotentPublishing.KeyReusedException.class, () -> publishing.publish("k", other));
        }
    }

    @Test
    void remembersForFiveMinutes() {
        EventId first = publish("k", "t", "data");
        now += IdempotentPublishing.REMEMBERED.toNanos();
        assertEquals(first, publish("k", "t", "data"));
        now++;
        assertNotEquals(first, publish("k", "t", "other"));
    }

    private EventId publish(String key, String topic, String data) {
        return publishing
                .publish(key, Event.message(new Topic(topic), data))
                .toCompletableFuture()
                .join();
    }
}
