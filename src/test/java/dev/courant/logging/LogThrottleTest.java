package dev.courant.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogThrottleTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may wrap around
    private final LogThrottle throttle = new LogThrottle(INTERVAL, now::get);

    @Test
    void permitsOneMessageInAnInterval() {
        assertTrue(throttle.tryAcquire());
        now.addAndGet(INTERVAL.toNanos() - 1);
        assertFalse(throttle.tryAcquire());
        now.addAndGet(1);
        assertTrue(throttle.tryAcquire());
        assertFalse(throttle.tryAcquire());
    }

    @Test
    void countsSuppressedMessages() {
        throttle.tryAcquire();
        assertEquals(0, throttle.takeSuppressed());
        IntStream.range(0, 999).forEach(n -> throttle.tryAcquire());
        now.addAndGet(INTERVAL.toNanos());
        assertTrue(throttle.tryAcquire());
        assertEquals(999, throttle.takeSuppressed());
        assertEquals(0, throttle.takeSuppressed());
    }

    @Test
    void permitsOneOfConcurrentMessages() {
        assertEquals(
                1,
                IntStream.range(0, 1000)
                        .parallel()
                        .filter(n -> throttle.tryAcquire())
                        .count());
        assertEquals(999, throttle.takeSuppressed());
    }
}
