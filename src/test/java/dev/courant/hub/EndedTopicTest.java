package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.EventStreamParser.Received;
import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.TopicEndedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndedTopicTest {

    private static final Topic A = new Topic("a");

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void closesEachStreamAfterTheEnd() {
        RecordingConnection prompt = hub.join("a");
        RecordingConnection slow = hub.join(new RecordingConnection().accept(1), null, "a");
        hub.publish("a", "1");
        EventId end = end("a", "last");

        assertEnded(prompt, "1", "last");
        assertEquals(new Received(end.toString(), "end", "last"), lastEvent(prompt));
        assertFalse(slow.isEnded(), "it has not received the end");
        slow.readAll();
        hub.runTurns();
        assertEnded(slow, "1", "last");
    }

    @Test
    void closesAStreamOnceItsLastBytesAreTaken() {
        RecordingConnection full = hub.join(new RecordingConnection().accept(2), null, "a");
        end("a", "last");

        assertFalse(full.isEnded());
        full.readAll();
        hub.runTurns();
        assertEnded(full, "last");
    }

    @Test
    void refusesFurtherEventsAndASecondEnd() {
        Event event = Event.message(A, "1");
        IdempotencyKey key = IdempotencyKey.of("k", event);
        EventId stored = hub.log.append(event, key).toCompletableFuture().join();
        IdempotencyKey endKey = IdempotencyKey.of("e", Event.end(List.of(A), false, null, ""));
        EventId end = hub.log
                .append(Event.end(List.of(A), false, null, ""), endKey)
                .toCompletableFuture()
                .join();

        assertRefused(() -> hub.publish("a", "2"));
        assertRefused(() -> end("a", ""));
        assertRefused(() -> hub.store(new Event(List.of(new Topic("b"), A), false, null, null, null, "2")));
        assertEquals(stored, hub.log.append(event, key).toCompletableFuture().join(), "a repetition");
        assertEquals(
                end,
                hub.log
                        .append(Event.end(List.of(A), false, null, ""), endKey)
                        .toCompletableFuture()
                        .join());
        assertEquals(hub.log.head(), end.offset(), "nothing was stored");
    }

    @Test
    void opensNoStreamForAClientThatHasReceivedTheEnd() {
        EventId before = hub.publish("a", "1");
        EventId end = end("a", "last");
        EventId later = hub.publish("b", "2");

        assertThrows(StreamEndedException.class, () -> hub.resume(end.toString(), "a"));
        assertThrows(StreamEndedException.class, () -> hub.resume(later.toString(), "a"));
        assertEnded(hub.resume(before.toString(), "a"), "last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "earliest", "#unknown-5", "urn:unknown"})
    void sendsTheEndToEveryOtherClient(String id) {
        hub.publish("a", "1");
        EventId end = end("a", "");
        hub.publish("b", "2");

        RecordingConnection client = hub.resume(id, "a");
        assertEquals(new Received(end.toString(), "end", ""), lastEvent(client));
        assertTrue(client.isEnded());
        assertEquals(0, hub.hub.countSubscriptions());
    }

    @Test
    void writesNoIdAfterTheEndBeforeIt() {
        end("a", "last");
        hub.publish("b", "2");

        RecordingConnection cut = hub.join(new RecordingConnection().accept(1), null, "a");
        assertEnded(hub.resume(cut.received().lastEventId(), "a"), "last");
    }

    @Test
    void endsAStreamOfSeveralTopicsWithTheLastOne() {
        RecordingConnection both = hub.join("a", "b");
        EventId first = end("a", "last of a");
        hub.publish("b", "1");
        assertFalse(both.isEnded());
        RecordingConnection resumed = hub.resume(first.toString(), "a", "b");
        RecordingConnection fresh = hub.join("a", "b");
        end("b", "last of b");

        assertEnded(both, "last of a", "1", "last of b");
        assertEnded(resumed, "1", "last of b");
        assertEnded(fresh, "last of b");
        assertEnded(hub.join("a", "b"), "last of b");
    }

    @Test
    void oneEndMayEndSeveralTopics() {
        RecordingConnection both = hub.join("a", "b");
        hub.store(Event.end(List.of(A, new Topic("b")), false, null, "last"));
        hub.runTurns();

        assertEnded(both, "last");
        assertRefused(() -> hub.publish("b", "1"));
    }

    @Test
    void aPatternNeverEnds() {
        RecordingConnection pattern = new RecordingConnection();
        hub.subscribe(pattern, null, new TopicSelection(Set.of(A), Set.of(new PrefixSelector("a")), new NoTopics()));
        hub.runTurns();
        end("a", "last");

        assertEquals(List.of("last"), pattern.data());
        assertFalse(pattern.isEnded());
    }

    @Test
    void nothingRevealsAPrivateEnd() {
        TopicSelection reader = new TopicSelection(Set.of(A), Set.of(), new PrefixSelector("a"));
        TopicSelection other = TopicSelection.of(Set.of(A));
        RecordingConnection before = new RecordingConnection();
        hub.subscribe(before, null, other);
        EventId end = hub.store(Event.end(List.of(A), true, null, "secret"));
        hub.runTurns();

        for (String id : new String[] {null, "earliest", end.toString(), "#unknown-5"}) {
            RecordingConnection client = new RecordingConnection();
            hub.subscribe(client, id, other);
            hub.runTurns();
            assertFalse(client.isEnded(), id);
            assertEquals(
                    List.of(), client.data().stream().filter("secret"::equals).toList());
        }
        assertFalse(before.isEnded());
        assertThrows(
                StreamEndedException.class, () -> hub.subscribe(new RecordingConnection(), end.toString(), reader));
    }

    @Test
    void theEndGoesWithTheLastEventOfTheTopic() {
        end("a", "last");
        hub.advanceTime(Duration.ofHours(2));

        hub.publish("a", "again");
        assertFalse(hub.join("a").isEnded());
    }

    private EventId end(String topic, String data) {
        EventId id = hub.hub.end(new Topic(topic), data).toCompletableFuture().join();
        hub.runTurns();
        return id;
    }

    private static Received lastEvent(RecordingConnection connection) {
        List<Received> events = connection.received().events();
        return events.get(events.size() - 1);
    }

    private static void assertEnded(RecordingConnection connection, String... data) {
        assertEquals(Arrays.asList(data), connection.data());
        assertEquals(Arrays.asList((Throwable) null), connection.ends, "closed, not broken");
    }

    private static void assertRefused(Supplier<EventId> publication) {
        CompletionException refused = assertThrows(CompletionException.class, publication::get);
        assertTrue(refused.getCause() instanceof TopicEndedException, () -> "refused by " + refused.getCause());
    }
}
