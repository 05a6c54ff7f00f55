package dev.courant.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryLogTest {

    private static final Event EVENT = Event.message(new Topic("t"), "x");

    private final MemoryLog log = new MemoryLog("e", new Window(3, 1 << 20, Duration.ofHours(1)), () -> 42);

    @Test
    void beginsEmptyBeforeTheFirst() {
        assertEquals(0, log.head());
        assertNull(log.next(0));
        assertTrue(log.holds(0));
        assertFalse(log.holds(1));
        assertEquals(new EventId("e", 0), log.idOf(log.head()));
    }

    @Test
    void acknowledgesWithTheIdUnderWhichTheEventIsFound() {
        assertEquals(new EventId("e", 1), append());
        assertEquals(new EventId("e", 2), append());

        Entry entry = log.next(1);
        assertNotNull(entry);
        assertEquals(new EventId("e", 2), entry.id());
        assertEquals(2, entry.offset());
        assertEquals(EVENT, entry.event());
        assertEquals(42, entry.storedAt());
        assertEquals("id: e-2\ndata: x\n\n", new String(entry.frame(), UTF_8));
    }

    @Test
    void readsInOrderToTheHead() {
        append();
        append();
        append();

        assertEquals(1, log.next(0).offset());
        assertEquals(2, log.next(1).offset());
        assertEquals(3, log.next(2).offset());
        assertNull(log.next(3));
        assertNull(log.next(4));
        assertEquals(3, log.head());
    }

    @Test
    void holdsAnOffsetAsLongAsAllAfterItIsThere() {
        for (int i = 0; i < 5; i++) {
            append();
        }

        // 3, 4 and 5 are in the window: who has seen 2 misses nothing, who has seen 1 misses 2.
        assertTrue(log.holds(2));
        assertFalse(log.holds(1));
        assertFalse(log.holds(0));
        assertTrue(log.holds(5));
        assertFalse(log.holds(6));
        assertEquals(3, log.next(0).offset());
        assertEquals(3, log.next(2).offset());
    }

    @Test
    void keepsASingleEvent() {
        MemoryLog one = new MemoryLog("e", new Window(1, 1 << 20, Duration.ofHours(1)), () -> 0);
        for (int n = 1; n <= 5; n++) {
            one.append(EVENT);
            assertEquals(n, one.head());
            assertEquals(n, one.next(0).offset());
            assertTrue(one.holds(n - 1));
            assertFalse(one.holds(n - 2));
            assertNull(one.next(n));
        }
    }

    @Test
    void wakesAfterTheEventCanBeRead() {
        AtomicLong seen = new AtomicLong();
        AtomicInteger others = new AtomicInteger();
        log.onAppend(() -> seen.set(log.next(seen.get()).offset()));
        log.onAppend(others::incrementAndGet);
        append();
        append();

        assertEquals(2, seen.get());
        assertEquals(2, others.get());
    }

    @Test
    void refusesOnceClosedAndStillReads() {
        append();
        log.close();
        log.close();

        assertThrows(IllegalStateException.class, () -> log.append(EVENT));
        assertEquals(1, log.head());
        assertEquals(1, log.next(0).offset());
    }

    private EventId append() {
        return log.append(EVENT).toCompletableFuture().join();
    }
}
