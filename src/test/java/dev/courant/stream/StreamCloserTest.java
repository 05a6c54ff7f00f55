package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamCloserTest {

    private static final CountDownLatch NEVER_OVER = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Queue<String> cut = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void cutsWhatDoesNotEndByItselfHoweverOften() throws Exception {
        StreamCloser departures = new StreamCloser(threads, Duration.ofMillis(1));
        for (int n = 0; n < 1_000; n++) {
            departures.expect(NEVER_OVER, () -> cut.add("late"));
        }
        CountDownLatch last = new CountDownLatch(1);
        departures.expect(NEVER_OVER, last::countDown);

        assertTrue(last.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(1_000, cut.size());
    }

    @Test
    void leavesAloneWhatEndsInTimeAndThenHoldsNoThread() throws Exception {
        StreamCloser departures = new StreamCloser(threads, Duration.ofHours(1));
        CountDownLatch over = new CountDownLatch(1);
        departures.expect(over, () -> cut.add("though it was to end by itself"));
        over.countDown();

        assertTheThreadsEnd();
        assertEquals(0, cut.size());
    }

    @Test
    void losesPatienceWithAllWhenTheServerStops() throws Exception {
        StreamCloser departures = new StreamCloser(threads, Duration.ofHours(1));
        departures.expect(NEVER_OVER, () -> cut.add("one"));
        departures.expect(NEVER_OVER, () -> cut.add("other"));
        threads.shutdownNow();

        assertTheThreadsEnd();
        assertEquals(List.of("one", "other"), List.copyOf(cut));
    }

    @Test
    void hasNoPatienceOnceTheServerHasStopped() throws Exception {
        StreamCloser departures = new StreamCloser(threads, Duration.ofHours(1));
        assertTheThreadsEnd();

        departures.expect(NEVER_OVER, () -> cut.add("one"));
        departures.expect(NEVER_OVER, () -> cut.add("other"));
        assertEquals(List.of("one", "other"), List.copyOf(cut));
    }

    private void assertTheThreadsEnd() throws InterruptedException {
        threads.shutdown();
        assertTrue(threads.awaitTermination(TestDeadline.SECONDS, TimeUnit.SECONDS));
    }
}
