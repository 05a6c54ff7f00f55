package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventKind;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The effect of several topics on each other's windows. */
class RetentionBoundsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final WindowBounds WIDE = new WindowBounds(1000, 1 << 24, HOUR);

    private long now;

    @Test
    void busyTopicDoesNotPushOutWhatAQuietOneSaidLast() {
        MemoryLog log = log(new WindowBounds(10, 1 << 20, HOUR), WIDE);
        append(log, "quiet", 3);
        append(log, "busy", 1000);

        assertEquals(List.of(1L, 2L, 3L), offsets(log, "quiet"));
        assertEquals(7, offsets(log, "busy").size());
        assertEquals(0, floor(log, "quiet"), "it has lost no events");
        assertEquals(996, floor(log, "busy"));
        assertEquals(996, floor(log, "quiet", "busy"));
    }

    @Test
    void takesFromTheOneWithTheLargestShareOfEitherBound() {
        MemoryLog log = log(new WindowBounds(10, 5_000, HOUR), WIDE);
        append(log, "many", 6);
        log.append(Event.message(new Topic("large"), "x".repeat(4_500)));
        log.append(Event.message(new Topic("large"), "x".repeat(400)));
        append(log, "many", 6);
        assertEquals(List.of(8L), offsets(log, "large"), "it had more of the bytes than the other of the events");
        assertEquals(9, offsets(log, "many").size(), "and then the other more of the events");
    }

    @Test
    void letsEqualsGoOfTheOldestFirst() {
        MemoryLog log = log(new WindowBounds(4, 1 << 20, HOUR), WIDE);
        append(log, "a", 2);
        append(log, "b", 2);
        append(log, "c", 1);
        assertEquals(List.of(2L), offsets(log, "a"));
        append(log, "c", 1);
        assertEquals(List.of(4L), offsets(log, "b"));
        assertEquals(List.of(5L, 6L), offsets(log, "c"));
    }

    @Test
    void boundsEachTopicAlone() {
        MemoryLog log = log(WIDE, new WindowBounds(2, 100, HOUR));
        append(log, "a", 5);
        append(log, "b", 1);
        log.append(Event.message(new Topic("b"), "x".repeat(90)));

        assertEquals(List.of(4L, 5L), offsets(log, "a"));
        assertEquals(List.of(7L), offsets(log, "b"));
    }

    @Test
    void forgetsATopicWithItsLastEvent() {
        MemoryLog log = log(WIDE, new WindowBounds(1000, 1 << 24, Duration.ofSeconds(1)));
        append(log, "a", 3);
        now += Duration.ofMillis(600).toNanos();
        append(log, "b", 1);
        assertEquals(2, log.countTopics());

        now += Duration.ofMillis(600).toNanos();
        log.evictExpired();
        assertEquals(1, log.countTopics(), "the shorter of the two ages holds");
        assertEquals(List.of(), offsets(log, "a"));
        assertEquals(List.of(4L), offsets(log, "b"));
        assertEquals(3, floor(log, "a"), "its evicted events are known to be missing");
        assertEquals(3, floor(log, "never used"), "and may be missing in any topic without a window");

        append(log, "a", 1);
        assertEquals(3, floor(log, "a"));
        now += Duration.ofSeconds(5).toNanos();
        log.evictExpired();
        assertEquals(0, log.countTopics());
        log.evictExpired();
    }

    @Test
    void findsAnIdAsIfWhatTheReaderMayNotReadHadNeverBeen() {
        MemoryLog log = log(new WindowBounds(4, 1 << 20, HOUR), WIDE);
        append(log, "a", 1);
        log.append(new Event(List.of(new Topic("a")), true, "urn:x", null, null, "private"));
        assertEquals(OptionalLong.empty(), log.find("urn:x", TestReaders.ANONYMOUS));
        assertEquals(OptionalLong.of(2), log.find("urn:x", TestReaders.EVERYTHING));

        log.append(new Event(new Topic("a"), "urn:x", null, null, "public"));
        assertEquals(OptionalLong.of(3), log.find("urn:x", TestReaders.ANONYMOUS));
        assertEquals(OptionalLong.of(2), log.find("urn:x", TestReaders.EVERYTHING), "the earliest that it may read");

        append(log, "a", 3);
        assertEquals(OptionalLong.of(3), log.find("urn:x", TestReaders.ANONYMOUS), "only the private one was evicted");
        assertEquals(OptionalLong.empty(), log.find("urn:x", TestReaders.EVERYTHING), "which of the two did it mean?");
    }

    @Test
    void leavesToATopicAFewOfItsEventsHoweverManyTopicsThereAre() {
        MemoryLog log = log(new WindowBounds(5_000, 1 << 24, HOUR), new WindowBounds(5_000, 1 << 24, HOUR));
        for (int n = 1; n <= 10_000; n++) {
            append(log, "once" + n, 1);
        }
        append(log, "new", 4);

        assertEquals(List.of(10_001L, 10_002L, 10_003L, 10_004L), offsets(log, "new"));
        assertEquals(List.of(), offsets(log, "once5004"), "the oldest of all made room");
        assertEquals(List.of(5_005L), offsets(log, "once5005"));

        append(log, "new", 100);
        assertEquals(5, offsets(log, "new").size(), "beyond a thousandth of the window it makes room itself");
        assertEquals(List.of(5_006L), offsets(log, "once5006"));
    }

    @Test
    void readsSeveralInTheOrderOfTheLog() {
        MemoryLog log = log(WIDE, WIDE);
        append(log, "a", 2);
        append(log, "b", 2);
        append(log, "other", 2);
        append(log, "a", 2);

        assertEquals(List.of(1L, 2L, 3L, 4L, 7L, 8L), offsets(log, "a", "b", "none"));
        TopicSelection both = topics("a", "b");
        int frame = log.read(both, 0, 1, 1).get(0).frame().length;
        assertEquals(2, log.read(both, 1, 8, frame + 1).size());
        assertEquals(List.of(3L, 4L), of(log.read(both, 2, 6, 1000)));
    }

    @Test
    void countsBackFromTheNewestWhatALimitAllows() {
        MemoryLog log = log(WIDE, WIDE);
        append(log, "a", 4);
        append(log, "other", 2);
        append(log, "b", 4);
        TopicSelection both = topics("a", "b");
        int frame = log.read(both, 0, 1, 1).get(0).frame().length;

        assertEquals(0, log.findReplayStart(both, 0, new ReplayLimit(8, 1 << 20)));
        assertEquals(1, log.findReplayStart(both, 0, new ReplayLimit(7, 1 << 20)));
        assertEquals(9, log.findReplayStart(both, 0, new ReplayLimit(1, 1 << 20)));
        assertEquals(9, log.findReplayStart(both, 9, new ReplayLimit(1, 1 << 20)));
        assertEquals(
                4, log.findReplayStart(both, 0, new ReplayLimit(100, 5L * frame)), "the last id is a digit longer");
        assertEquals(9, log.findReplayStart(both, 0, new ReplayLimit(100, 1)), "the newest, whatever its size");
        assertEquals(5, log.findReplayStart(topics("none"), 5, new ReplayLimit(1, 1)));
    }

    @Test
    void findsTheIdsThatPublishersChose() {
        MemoryLog log = log(new WindowBounds(3, 1 << 20, HOUR), WIDE);
        Topic topic = new Topic("a");
        log.append(new Event(topic, "urn:x:1", null, null, "one"));
        log.append(new Event(topic, "urn:x:2", null, null, "two"));
        assertEquals(OptionalLong.of(1), log.find("urn:x:1", TestReaders.EVERYTHING));
        assertEquals(OptionalLong.of(2), log.find("urn:x:2", TestReaders.EVERYTHING));
        assertEquals(OptionalLong.of(2), log.find("#e-2", TestReaders.EVERYTHING), "its place has its own name, too");
        assertEquals(OptionalLong.empty(), log.find("urn:x:3", TestReaders.EVERYTHING));

        log.append(new Event(topic, "urn:x:2", null, null, "again"));
        assertEquals(OptionalLong.of(2), log.find("urn:x:2", TestReaders.EVERYTHING), "the earliest of the two");

        append(log, "a", 2);
        assertEquals(OptionalLong.empty(), log.find("urn:x:1", TestReaders.EVERYTHING), "it went with its event");
        assertEquals(
                OptionalLong.empty(),
                log.find("urn:x:2", TestReaders.EVERYTHING),
                "one of the two was evicted, but which?");
        append(log, "a", 1);
        log.append(new Event(topic, "urn:x:2", null, null, "long after"));
        assertEquals(OptionalLong.of(7), log.find("urn:x:2", TestReaders.EVERYTHING));
    }

    @Test
    void keepsItsOwnIdsToItself() {
        MemoryLog log = log(WIDE, WIDE);
        Topic topic = new Topic("a");
        log.append(new Event(topic, "order-17", null, null, "looks like one of a log's"));
        assertEquals(OptionalLong.of(1), log.find("order-17", TestReaders.EVERYTHING));
        assertThrows(IllegalArgumentException.class, () -> new Event(topic, "#e-2", null, null, "is ours"));
        log.append(new Event(topic, "e-2", null, null, "is not, without its first character"));
        log.append(new Event(topic, "x", null, null, "so neither is found in the other's place"));
        assertEquals(OptionalLong.of(2), log.find("e-2", TestReaders.EVERYTHING));
        assertEquals(OptionalLong.of(3), log.find("#e-3", TestReaders.EVERYTHING));
    }

    @Test
    void keepsTheRoomOfATopicThatWasBusyOnceNoLonger() {
        TopicWindow window = new TopicWindow(new Topic("a"), 0);
        for (int n = 1; n <= 1000; n++) {
            window.add(new LogEntry(n, EventKind.EVENT, List.of(window.topic), false, null, new byte[] {1}, 0, 0));
        }
        for (int n = 1; n <= 998; n++) {
            assertEquals(n, window.removeOldest().offset());
        }
        assertEquals(999, window.get(998).offset());
        assertEquals(1000, window.indexAfter(1000));
        assertEquals(998, window.indexAfter(0));
        assertEquals(2, window.bytes);
        assertTrue(window.capacity() <= 8, () -> window.capacity() + " slots for two");
    }

    private MemoryLog log(WindowBounds whole, WindowBounds topic) {
        return new MemoryLog("e", new RetentionBounds(whole, topic), () -> now);
    }

    private static void append(MemoryLog log, String topic, int events) {
        for (int i = 0; i < events; i++) {
            log.append(Event.message(new Topic(topic), "x"));
        }
    }

    private static long floor(MemoryLog log, String... names) {
        return log.floor(topics(names), 0);
    }

    private static List<Long> offsets(MemoryLog log, String... names) {
        return of(log.read(topics(names), 0, Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    private static List<Long> of(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::offset).toList();
    }

    private static TopicSelection topics(String... names) {
        return TopicSelection.of(Arrays.stream(names).map(Topic::new).collect(Collectors.toSet()));
    }
}
