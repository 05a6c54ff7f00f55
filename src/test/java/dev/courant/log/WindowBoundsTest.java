package dev.courant.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowBoundsTest {

    @Test
    void takesTheLeastAndTheMost() {
        assertEquals(1, new WindowBounds(1, 1, Duration.ofNanos(1)).maxEvents());
        assertEquals(1 << 24, new WindowBounds(1 << 24, Long.MAX_VALUE, Duration.ofDays(36_500)).maxEvents());
    }

    @Test
    void refusesABoundThatExcludesEverythingOrIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new WindowBounds(0, 1, Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> new WindowBounds((1 << 24) + 1, 1, Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> new WindowBounds(1, 0, Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> new WindowBounds(1, 1, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new WindowBounds(1, 1, Duration.ofHours(-1)));
    }
}
