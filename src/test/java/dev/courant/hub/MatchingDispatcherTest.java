package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.NoTopics;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.TopicSelector;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Patterns are matched by dispatchers of their own, apart from exact topics. */
class MatchingDispatcherTest {

    private final ThreadlessHub hub = new ThreadlessHub();
    private final DispatcherThread exact = hub.dispatchers.get(0);
    private final DispatcherThread matching = hub.dispatchers.get(1);
    private final AtomicInteger asked = new AtomicInteger();

    private final TopicSelector pattern = new TopicSelector() {
        @Override
        public boolean matches(String topic) {
            asked.incrementAndGet();
            return topic.startsWith("t");
        }

        @Override
        public int weight() {
            return 1;
        }
    };

    @Test
    void deliversToExactTopicsBeforeAnyPatternIsMatched() {
        RecordingConnection ordinary = hub.join("t");
        RecordingConnection byPattern = joinByPattern();
        hub.store("t", "1");
        hub.runTurns(exact);

        assertEquals(List.of("1"), ordinary.data());
        assertEquals(0, asked.get());
        hub.runTurns(matching);
        assertEquals(List.of("1"), byPattern.data());
    }

    @Test
    void endsATurnAfterABoundedNumberOfTopics() {
        RecordingConnection byPattern = joinByPattern();
        for (int n = 0; n < 10; n++) {
            int event = n;
            List<Topic> topics = IntStream.range(0, 100)
                    .mapToObj(topic -> new Topic("t" + event + '/' + topic))
                    .toList();
            hub.store(new Event(topics, false, null, null, null, "" + n));
        }

        assertTrue(matching.dispatcher.runTurn(), "there is more");
        assertEquals(300, asked.get());
        hub.runTurns(matching);
        assertEquals(1000, asked.get());
        assertEquals(10, byPattern.data().size());
    }

    private RecordingConnection joinByPattern() {
        RecordingConnection connection = new RecordingConnection();
        hub.subscribe(connection, null, new TopicSelection(Set.of(), Set.of(pattern), new NoTopics()));
        hub.runTurns();
        return connection;
    }
}
