package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLogBoundsTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int FRAME = "id: e-1\ndata: x\n\n".length();

    private long now = Long.MAX_VALUE - 100; // a monotonic clock may wrap round

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
    void keepsAsManyAsItsWindowSays(int maxEvents) {
        MemoryLog log = log(new Window(maxEvents, 1 << 20, LONG));
        for (int n = 1; n <= 3 * maxEvents; n++) {
            append(log, "x");
            assertEquals(Math.min(n, maxEvents), held(log));
        }
    }

    @Test
    void keepsNoMoreBytesThanItsWindowSays() {
        MemoryLog log = log(new Window(100, 3L * FRAME, LONG));
        append(log, "x", "x", "x");
        assertEquals(3, held(log));

        append(log, "x");
        assertEquals(3, held(log));

        append(log, "xx"); // a byte more: two of the old ones have to go
        assertEquals(2, held(log));
    }

    @Test
    void keepsTheNewestEvenIfItIsTooLargeAlone() {
        MemoryLog log = log(new Window(100, 3L * FRAME, LONG));
        append(log, "x", "x", "x".repeat(1000));
        assertEquals(1, held(log));
        assertEquals(3, log.next(0).offset());

        append(log, "x");
        assertEquals(1, held(log));
        append(log, "x", "x", "x");
        assertEquals(3, held(log));
    }

    @Test
    void forgetsWhatIsPastItsAgeOnAppending() {
        MemoryLog log = log(new Window(100, 1 << 20, Duration.ofNanos(500)));
        append(log, "x");
        now += 500;
        append(log, "x");
        assertEquals(2, held(log), "at its age it is still there");

        now += 1;
        append(log, "x");
        assertEquals(2, held(log));
        assertEquals(2, log.next(0).offset());
    }

    @Test
    void forgetsWhatIsPastItsAgeWhenQuiet() {
        MemoryLog log = log(new Window(100, 1 << 20, Duration.ofNanos(500)));
        append(log, "x", "x");
        now += 501;
        log.expire();

        assertEquals(0, held(log));
        assertNull(log.next(0));
        assertEquals(2, log.head());
        assertTrue(log.holds(2), "who has seen the last misses nothing");

        append(log, "x");
        assertEquals(3, log.next(2).offset());
    }

    @Test
    void countsTheBytesOfWhatIsGoneOnce() {
        MemoryLog log = log(new Window(2, 2L * FRAME, Duration.ofNanos(500)));
        for (int round = 0; round < 50; round++) {
            append(log, "x", "x"); // the ids grow a digit on the way: two still fit or one does
            now += 501;
            log.expire();
        }
        MemoryLog fresh = log(new Window(2, 2L * FRAME, LONG));
        append(fresh, "x", "x");
        assertEquals(2, held(fresh));
        assertEquals(0, held(log));
        append(log, "");
        assertEquals(1, held(log));
    }

    private MemoryLog log(Window window) {
        return new MemoryLog("e", window, () -> now);
    }

    private static void append(MemoryLog log, String... data) {
        for (String each : data) {
            log.append(Event.message(new Topic("t"), each));
        }
    }

    /** As many as can be read, which has to be all up to the head. */
    private static long held(MemoryLog log) {
        long count = 0;
        for (Entry entry = log.next(0); entry != null; entry = log.next(entry.offset())) {
            count++;
        }
        assertTrue(log.holds(log.head() - count));
        assertTrue(log.head() == count || !log.holds(log.head() - count - 1));
        return count;
    }
}
