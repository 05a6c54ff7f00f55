package dev.courant.publish;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowBodyLimitTest {

    private long now;
    private final SlowBodyLimit bodies = new SlowBodyLimit(() -> now);
    private final List<SlowBodyLimit.Wait> waits = new ArrayList<>();

    @AfterEach
    void closeAll() {
        waits.forEach(SlowBodyLimit.Wait::close);
        assertFalse(Thread.currentThread().isInterrupted(), "closing an cancelled wait clears the interrupt");
    }

    @Test
    void limitsTheWaitsOfOneAddress() {
        for (int i = 0; i < SlowBodyLimit.MAX_PER_ADDRESS; i++) {
            assertNotNull(begin("203.0.113.7"));
        }
        assertNull(begin("203.0.113.7"));
        assertNotNull(begin("203.0.113.8"));
        assertNotNull(begin(null));
        waits.get(0).close();
        assertNotNull(begin("203.0.113.7"));
    }

    @Test
    void limitsTheWaitsInTotal() {
        fill();
        assertNull(begin("203.0.113.7"));
        assertNull(begin(null));
    }

    @Test
    void cancelsTheSlowest() {
        fill();
        waits.forEach(wait -> wait.recordReceived(1000));
        waits.get(5).recordReceived(10);
        now += TimeUnit.SECONDS.toNanos(2);

        assertNotNull(begin("203.0.113.7"));
        assertTrue(waits.get(5).isCancelled());
        assertTrue(Thread.currentThread().isInterrupted(), "this thread owns all waits");
        assertFalse(waits.get(6).isCancelled());
    }

    @Test
    void cancelsTheSlowestOfTheSameAddressAtItsLimit() {
        assertNotNull(begin("203.0.113.8"));
        for (int i = 0; i < SlowBodyLimit.MAX_PER_ADDRESS; i++) {
            assertNotNull(begin("203.0.113.7"));
            waits.get(i + 1).recordReceived(i);
        }
        now += TimeUnit.SECONDS.toNanos(2);

        assertNotNull(begin("203.0.113.7"));
        assertFalse(waits.get(0).isCancelled(), "the slowest of all belongs to another address");
        assertTrue(waits.get(1).isCancelled());
    }

    @Test
    void cancelsNoBodyThatHasWaitedForLessThanASecond() {
        fill();
        now += TimeUnit.MILLISECONDS.toNanos(900);
        assertNull(begin(null));
        assertFalse(bodies.cancelSlowest());
    }

    /** On a server that cannot interrupt a read, the threads of cancelled bodies still wait. */
    @Test
    void limitsTheCancelledBodiesWhoseThreadsStillWait() {
        for (int i = 0; i < 2 * SlowBodyLimit.MAX; i++) {
            assertNotNull(begin(null));
            now += TimeUnit.SECONDS.toNanos(2);
        }
        assertNull(begin(null));
        waits.get(0).close();
        assertNotNull(begin(null));
    }

    private void fill() {
        for (int i = 0; i < SlowBodyLimit.MAX; i++) {
            assertNotNull(begin(null));
        }
    }

    private SlowBodyLimit.@Nullable Wait begin(@Nullable String address) {
        SlowBodyLimit.Wait wait = bodies.begin(address);
        if (wait != null) {
            waits.add(wait);
        }
        return wait;
    }
}
