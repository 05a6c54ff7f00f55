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

    private long now = Long.MAX_VALUE - 100; // close to the overflow of a monotonic clock

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
    void retainsTheMaximumNumberOfEvents(int maxEvents) {
        SingleTopicLog log = log(new WindowBounds(maxEvents, 1 << 20, LONG));
        for (int n = 1; n <= 3 * maxEvents; n++) {
            append(log, "x");
            assertEquals(Math.min(n, maxEvents), log.countRetained());
        }
    }

    @Test
    void retainsNoMoreThanTheMaximumBytes() {
        SingleTopicLog log = log(new WindowBounds(100, 3L * FRAME, LONG));
        append(log, "x", "x", "x");
        assertEquals(3, log.countRetained());

        append(log, "x");
        assertEquals(3, log.countRetained());

        append(log, "xx"); // one byte more: two old entries must be evicted
        assertEquals(2, log.countRetained());
    }

    @Test
    void keepsTheNewestEvenIfItIsTooLargeAlone() {
        SingleTopicLog log = log(new WindowBounds(100, 3L * FRAME, LONG));
        append(log, "x", "x", "x".repeat(1000));
        assertEquals(1, log.countRetained());
        assertEquals(3, log.readAfter(0).get(0).offset());

        append(log, "x");
        assertEquals(1, log.countRetained());
        append(log, "x", "x", "x");
        assertEquals(3, log.countRetained());
    }

    @Test
    void forgetsWhatIsPastItsAgeOnAppending() {
        SingleTopicLog log = log(new WindowBounds(100, 1 << 20, Duration.ofNanos(500)));
        append(log, "x");
        now += 500;
        append(log, "x");
        assertEquals(2, log.countRetained(), "an entry exactly at the maximum age is retained");

        now += 1;
        append(log, "x");
        assertEquals(2, log.countRetained());
        assertEquals(2, log.readAfter(0).get(0).offset());
    }

    @Test
    void forgetsWhatIsPastItsAgeWhenQuiet() {
        SingleTopicLog log = log(new WindowBounds(100, 1 << 20, Duration.ofNanos(500)));
        append(log, "x", "x");
        now += 501;
        log.log().evictExpired();

        assertEquals(0, log.countRetained());
        assertEquals(List.of(), log.readAfter(0));
        assertEquals(2, log.log().head());
        assertTrue(log.canReplayFrom(2), "a client that has seen the last event misses nothing");

        append(log, "x");
        assertEquals(3, log.readAfter(2).get(0).offset());
    }

    @Test
    void countsTheBytesOfWhatIsGoneOnce() {
        SingleTopicLog log = log(new WindowBounds(2, 2L * FRAME, Duration.ofNanos(500)));
        for (int round = 0; round < 50; round++) {
            append(log, "x", "x"); // the ids become a digit longer: two entries still fit, or one
            now += 501;
            log.log().evictExpired();
        }
        SingleTopicLog fresh = log(new WindowBounds(2, 2L * FRAME, LONG));
        append(fresh, "x", "x");
        assertEquals(2, fresh.countRetained());
        assertEquals(0, log.countRetained());
        append(log, "");
        assertEquals(1, log.countRetained());
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
