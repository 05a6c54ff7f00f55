package dev.courant.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.EventId;
import dev.courant.event.TestReaders;
import dev.courant.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryLogTest {

    private final MemoryLog log =
            new MemoryLog("e", RetentionBounds.of(new WindowBounds(3, 1 << 20, Duration.ofHours(1))), () -> 42);
    private final SingleTopicLog topic = new SingleTopicLog(log);

    @Test
    void beginsEmptyBeforeTheFirst() {
        assertEquals(0, log.head());
        assertNull(log.next(0));
        assertTrue(topic.canReplayFrom(0));
        assertEquals(new EventId("e", 0), log.idOf(log.head()));
        assertEquals(OptionalLong.of(0), log.find("#e-0", TestReaders.EVERYTHING));
        assertEquals(OptionalLong.empty(), log.find("#e-1", TestReaders.EVERYTHING));
    }

    @Test
    void acknowledgesWithTheIdUnderWhichTheEventIsFound() {
        assertEquals(new EventId("e", 1), topic.append("x"));
        assertEquals(new EventId("e", 2), topic.append("x"));

        LogEntry entry = log.next(1);
        assertEquals(2, entry.offset());
        assertEquals(List.of(new Topic("t")), entry.topics());
        assertEquals(42, entry.storedAt());
        assertEquals("id: #e-2\ndata: x\n\n", new String(entry.frame(), UTF_8));
        assertEquals(List.of(entry), topic.readAfter(1));
        assertEquals(OptionalLong.of(2), log.find("#e-2", TestReaders.EVERYTHING));
        assertEquals(OptionalLong.empty(), log.find("#f-2", TestReaders.EVERYTHING), "of another life of the log");
    }

    @Test
    void isFollowedInOrderToTheHead() {
        append(3);

        assertEquals(1, log.next(0).offset());
        assertEquals(2, log.next(1).offset());
        assertEquals(3, log.next(2).offset());
        assertNull(log.next(3));
        assertNull(log.next(4));
        assertEquals(3, log.head());
    }

    @Test
    void holdsAnOffsetAsLongAsAllAfterItIsThere() {
        append(5);

        // 3, 4 and 5 are in the window: a client that has seen 2 misses nothing, one that has seen 1 misses 2.
        assertTrue(topic.canReplayFrom(2));
        assertFalse(topic.canReplayFrom(1));
        assertFalse(topic.canReplayFrom(0));
        assertTrue(topic.canReplayFrom(5));
        assertFalse(topic.canReplayFrom(6));
        assertEquals(3, topic.readAfter(0).get(0).offset());
        assertEquals(3, topic.readAfter(2).get(0).offset());
        assertNull(log.next(0), "no other entry is returned instead");
        assertNull(log.next(1));
        assertEquals(3, log.next(2).offset());
    }

    @Test
    void keepsASingleEvent() {
        MemoryLog one =
                new MemoryLog("e", RetentionBounds.of(new WindowBounds(1, 1 << 20, Duration.ofHours(1))), () -> 0);
        SingleTopicLog alone = new SingleTopicLog(one);
        for (int n = 1; n <= 5; n++) {
            alone.append("x");
            assertEquals(n, one.head());
            assertEquals(n, one.next(n - 1).offset());
            assertTrue(alone.canReplayFrom(n - 1));
            assertFalse(alone.canReplayFrom(n - 2));
            assertNull(one.next(n));
        }
    }

    @Test
    void wakesAfterTheEventCanBeRead() {
        AtomicLong seen = new AtomicLong();
        AtomicInteger others = new AtomicInteger();
        log.addAppendListener(() -> seen.set(log.next(seen.get()).offset()));
        log.addAppendListener(others::incrementAndGet);
        append(2);

        assertEquals(2, seen.get());
        assertEquals(2, others.get());
    }

    @Test
    void refusesOnceClosedAndStillReads() {
        append(1);
        log.close();
        log.close();

        assertThrows(IllegalStateException.class, () -> topic.append("x"));
        assertEquals(1, log.head());
        assertEquals(1, log.next(0).offset());
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            topic.append("x");
        }
    }
}
