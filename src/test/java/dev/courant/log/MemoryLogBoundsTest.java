package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLogBoundsTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int FRAME = "id: #e-1\ndata: x\n\n".length();

    private long now = Long.MAX_VALUE - 100; // a monotonic clock may wrap round

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
    void keepsAsManyAsItsWindowSays(int maxEvents) {
        SingleTopicLog log = log(new WindowBounds(maxEvents, 1 << 20, LONG));
        for (int n = 1; n <= 3 * maxEvents; n++) {
            append(log, "x");
            assertEquals(Math.min(n, maxEvents), log.held());
        }
    }

    @Test
    void keepsNoMoreBytesThanItsWindowSays() {
        SingleTopicLog log = log(new WindowBounds(100, 3L * FRAME, LONG));
        append(log, "x", "x", "x");
        assertEquals(3, log.held());

        append(log, "x");
        assertEquals(3, log.held());

        append(log, "xx"); // a byte more: two of the old ones have to go
        assertEquals(2, log.held());
    }

    @Test
    void keepsTheNewestEvenIfItIsTooLargeAlone() {
        SingleTopicLog log = log(new WindowBounds(100, 3L * FRAME, LONG));
        append(log, "x", "x", "x".repeat(1000));
        assertEquals(1, log.held());
        assertEquals(3, log.after(0).get(0).offset());

        append(log, "x");
        assertEquals(1, log.held());
        append(log, "x", "x", "x");
        assertEquals(3, log.held());
    }

    @Test
    void forgetsWhatIsPastItsAgeOnAppending() {
        SingleTopicLog log = log(new WindowBounds(100, 1 << 20, Duration.ofNanos(500)));
        append(log, "x");
        now += 500;
        append(log, "x");
        assertEquals(2, log.held(), "at its age it is still there");

        now += 1;
        append(log, "x");
        assertEquals(2, log.held());
        assertEquals(2, log.after(0).get(0).offset());
    }

    @Test
    void forgetsWhatIsPastItsAgeWhenQuiet() {
        SingleTopicLog log = log(new WindowBounds(100, 1 << 20, Duration.ofNanos(500)));
        append(log, "x", "x");
        now += 501;
        log.log().evictExpired();

        assertEquals(0, log.held());
        assertEquals(List.of(), log.after(0));
        assertEquals(2, log.log().head());
        assertTrue(log.holds(2), "who has seen the last misses nothing");

        append(log, "x");
        assertEquals(3, log.after(2).get(0).offset());
    }

    @Test
    void countsTheBytesOfWhatIsGoneOnce() {
        SingleTopicLog log = log(new WindowBounds(2, 2L * FRAME, Duration.ofNanos(500)));
        for (int round = 0; round < 50; round++) {
            append(log, "x", "x"); // the ids grow a digit on the way: two still fit or one does
            now += 501;
            log.log().evictExpired();
        }
        SingleTopicLog fresh = log(new WindowBounds(2, 2L * FRAME, LONG));
        append(fresh, "x", "x");
        assertEquals(2, fresh.held());
        assertEquals(0, log.held());
        append(log, "");
        assertEquals(1, log.held());
    }

    private SingleTopicLog log(WindowBounds window) {
        return new SingleTopicLog(new MemoryLog("e", RetentionBounds.of(window), () -> now));
    }

    private static void append(SingleTopicLog log, String... data) {
        for (String each : data) {
            log.append(each);
        }
    }
}
