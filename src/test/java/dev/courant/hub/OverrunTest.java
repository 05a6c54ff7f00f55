package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.NoTopics;
import dev.courant.event.PrefixSelector;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.History;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogEntry;
import dev.courant.log.ReplayLimit;
import dev.courant.log.StreamPosition;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers that outrun a dispatcher by a whole window while it reads. */
class OverrunTest {

    private final ThreadlessHub hub =
            new ThreadlessHub(new WindowBounds(10, 1 << 20, Duration.ofHours(1)), 1, Interrupted::new);
    private Runnable meanwhile = () -> {};
    private int reads; // before the interruption
    private RecordingConnection behind;
    private RecordingConnection ahead;

    @BeforeEach
    void fillTheWindow() {
        behind = hub.join("a");
        for (int n = 1; n <= 10; n++) {
            hub.store("a", "" + n);
        }
        ahead = new RecordingConnection();
        hub.subscribe(ahead, null, "a");
    }

    @Test
    void disconnectsClientsThatLostEventsAndKeepsTheOthers() {
        publishMeanwhile(10, 2);
        hub.runTurns();
        hub.publish("a", "21");

        assertEquals(List.of(), behind.data(), "nothing after a gap");
        assertInstanceOf(SlowClientException.class, behind.ends.get(0));
        assertEquals(IntStream.rangeClosed(11, 21).mapToObj(Integer::toString).toList(), ahead.data());
        assertFalse(ahead.isEnded());
    }

    @Test
    void disconnectsAClientThatLosesEventsDuringTheRead() {
        RecordingConnection resuming = new RecordingConnection();
        hub.runTurns();
        hub.subscribe(resuming, "#e-1", "a");
        publishMeanwhile(3, 1);
        hub.runTurns();

        assertEquals(List.of(), resuming.data());
        assertInstanceOf(SlowClientException.class, resuming.ends.get(0));
        assertEquals(List.of("11", "12", "13"), ahead.data());
    }

    @Test
    void keepsASubscriberOfAnUnusedTopic() {
        RecordingConnection quiet = hub.join("quiet");
        hub.publish("other", "x");
        hub.advanceTime(Duration.ofHours(2)); // evicts all entries, those of the other topic too
        hub.store("a", "1");
        hub.store("a", "2");
        publishMeanwhile(10, 2);
        hub.runTurns();
        hub.publish("quiet", "at last");

        assertFalse(quiet.isEnded(), "its topic lost no events");
        assertEquals(List.of("at last"), quiet.data());
    }

    @Test
    void sendsOnlyReadableEventsAfterAnOverrun() {
        TopicSelection asAnonymous = new TopicSelection(Set.of(), Set.of(new PrefixSelector("b")), new NoTopics());
        RecordingConnection anonymous = new RecordingConnection();
        hub.subscribe(anonymous, null, asAnonymous);
        RecordingConnection reader = new RecordingConnection();
        hub.subscribe(reader, null, new TopicSelection(Set.of(), asAnonymous.patterns(), new PrefixSelector("b")));
        hub.runTurns();
        Topic a = new Topic("a");
        Topic b = new Topic("b");
        hub.store(new Event(List.of(a, b), true, null, null, null, "secret"));
        hub.store(new Event(List.of(b, a), false, null, null, null, "open"));
        for (int n = 11; n < 31; n++) {
            hub.store("a", "" + n); // until entries without subscribers are evicted too
        }
        hub.store(new Event(List.of(a, b), true, null, null, null, "secret too"));
        hub.runTurns();
        hub.publish("b", "live");

        assertEquals(List.of("open", "live"), anonymous.data());
        assertEquals(List.of("secret", "open", "secret too", "live"), reader.data());
        assertInstanceOf(SlowClientException.class, ahead.ends.get(0), "there was an overrun");
        assertFalse(anonymous.isEnded());
        assertFalse(reader.isEnded());
    }

    private void publishMeanwhile(int events, int afterReads) {
        reads = afterReads;
        meanwhile = () -> {
            for (int n = 11; n < 11 + events; n++) {
                hub.store("a", "" + n);
            }
        };
    }

    /** A log that runs an action once, right after a number of entries were read. */
    private final class Interrupted implements EventLog {

        private final EventLog log;

        Interrupted(EventLog log) {
            this.log = log;
        }

        @Override
        public @Nullable LogEntry next(long offset) {
            LogEntry entry = log.next(offset);
            if (--reads == 0) {
                meanwhile.run();
            }
            return entry;
        }

        @Override
        public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey once) {
            return log.append(event, once);
        }

        @Override
        public History history() {
            return log.history();
        }

        @Override
        public @Nullable String findOutage() {
            return log.findOutage();
        }

        @Override
        public StreamPosition findStream(String key) {
            return log.findStream(key);
        }

        @Override
        public long head() {
            return log.head();
        }

        @Override
        public EventId idOf(long offset) {
            return log.idOf(offset);
        }

        @Override
        public OptionalLong find(String id, TopicSelection reader) {
            return log.find(id, reader);
        }

        @Override
        public long findEndOfEpoch(String id) {
            return log.findEndOfEpoch(id);
        }

        @Override
        public long floor(TopicSelection selection, long from) {
            return log.floor(selection, from);
        }

        @Override
        public List<LogEntry> read(TopicSelection selection, long after, long upTo, int bytes) {
            List<LogEntry> entries = log.read(selection, after, upTo, bytes);
            if (--reads == 0) {
                meanwhile.run();
            }
            return entries;
        }

        @Override
        public long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
            return log.findReplayStart(selection, after, limit);
        }

        @Override
        public @Nullable LogEntry findEnd(Topic topic) {
            return log.findEnd(topic);
        }

        @Override
        public void addAppendListener(Runnable wake) {
            log.addAppendListener(wake);
        }

        @Override
        public void evictExpired() {
            log.evictExpired();
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
