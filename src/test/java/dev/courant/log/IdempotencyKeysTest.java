package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

    private static final Topic TOPIC = new Topic("t");

    private long now;
    private final MemoryLog log =
            new MemoryLog("e", RetentionBounds.of(new WindowBounds(100, 1 << 20, Duration.ofMinutes(1))), () -> now);

    @Test
    void storesOnceUnderOneKey() {
        assertEquals(store("k", "t", "data"), store("k", "t", "data"));
        assertEquals(1, log.head());
    }

    @Test
    void storesUnderEachKey() {
        assertNotEquals(store("k", "t", "data"), store("l", "t", "data"));
    }

    @Test
    void refusesAnotherEventUnderTheSameKey() {
        store("k", "t", "data");
        refuses(Event.message(TOPIC, "other"));
        refuses(Event.message(new Topic("u"), "data"));
        assertEquals(1, log.head());
    }

    @Test
    void comparesEachOfTheTopics() {
        store("k", new Event(List.of(TOPIC, new Topic("u")), false, null, null, null, "data"));
        refuses(new Event(List.of(TOPIC, new Topic("v")), false, null, null, null, "data"));
    }

    @Test
    void comparesAllThatAnEventHas() {
        store("k", "t", "data");
        for (Event other : List.of(
                new Event(List.of(TOPIC), true, null, null, null, "data"),
                new Event(List.of(TOPIC, new Topic("u")), false, null, null, null, "data"),
                new Event(TOPIC, "id", null, null, "data"),
                new Event(TOPIC, null, "type", null, "data"),
                new Event(TOPIC, null, null, Duration.ofSeconds(1), "data"))) {
            refuses(other);
        }
    }

    @Test
    void remembersForFiveMinutes() {
        EventId first = store("k", "t", "data");
        now += IdempotencyKey.LIFETIME.toNanos();
        assertEquals(first, store("k", "t", "data"));
        now++;
        assertNotEquals(first, store("k", "t", "other"));
    }

    @Test
    void forgetsWhatFailed() {
        IdempotencyKeys keys = new IdempotencyKeys();
        IdempotencyKey once = new IdempotencyKey("k", "digest");
        keys.put(once, CompletableFuture.failedFuture(new LogFullException("full")), 0);
        assertEquals(null, keys.find(once, 0));
        CompletionStage<EventId> stored = CompletableFuture.completedFuture(new EventId("e", 1));
        keys.put(once, stored, 0);
        assertEquals(stored, keys.find(once, 0));
    }

    @Test
    void remembersSoManyAndNoMore() {
        IdempotencyKeys keys = new IdempotencyKeys();
        CompletionStage<EventId> stored = CompletableFuture.completedFuture(new EventId("e", 1));
        for (int n = 0; n < IdempotencyKeys.MAX_KEYS; n++) {
            keys.put(new IdempotencyKey("k" + n, "digest"), stored, 0);
        }
        assertEquals(stored, keys.find(new IdempotencyKey("k7", "digest"), 0));
        assertThrows(TooManyKeysException.class, () -> keys.find(new IdempotencyKey("one more", "digest"), 0));
        assertEquals(null, keys.find(new IdempotencyKey("one more", "digest"), IdempotencyKey.LIFETIME.toNanos() + 1));
    }

    private void refuses(Event other) {
        CompletionException failed = assertThrows(CompletionException.class, () -> store("k", other));
        assertInstanceOf(KeyReusedException.class, failed.getCause());
    }

    private EventId store(String key, String topic, String data) {
        return store(key, Event.message(new Topic(topic), data));
    }

    private EventId store(String key, Event event) {
        return log.append(event, IdempotencyKey.of(key, event))
                .toCompletableFuture()
                .join();
    }
}
