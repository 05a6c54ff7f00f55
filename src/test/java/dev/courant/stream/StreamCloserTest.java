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

    private static final CountDownLatch NEVER_ENDED = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Queue<String> aborted = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void abortsStreamsThatDoNotEndInTime() throws Exception {
        StreamCloser closer = new StreamCloser(threads, Duration.ofMillis(1));
        for (int n = 0; n < 1_000; n++) {
            closer.abortAfterTimeout(NEVER_ENDED, () -> aborted.add("late"));
        }
        CountDownLatch last = new CountDownLatch(1);
        closer.abortAfterTimeout(NEVER_ENDED, last::countDown);

        assertTrue(last.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(1_000, aborted.size());
    }

    @Test
    void abortsNoStreamThatEndsInTimeAndReleasesTheThread() throws Exception {
        StreamCloser closer = new StreamCloser(threads, Duration.ofHours(1));
        CountDownLatch end = new CountDownLatch(1);
        closer.abortAfterTimeout(end, () -> aborted.add("ended in time"));
        end.countDown();

        assertThreadsEnd();
        assertEquals(0, aborted.size());
    }

    @Test
    void abortsAllStreamsWhenTheServerStops() throws Exception {
        StreamCloser closer = new StreamCloser(threads, Duration.ofHours(1));
        closer.abortAfterTimeout(NEVER_ENDED, () -> aborted.add("one"));
        closer.abortAfterTimeout(NEVER_ENDED, () -> aborted.add("other"));
        threads.shutdownNow();

        assertThreadsEnd();
        assertEquals(List.of("one", "other"), List.copyOf(aborted));
    }

    @Test
    void abortsStreamsAtOnceAfterTheServerHasStopped() throws Exception {
        StreamCloser closer = new StreamCloser(threads, Duration.ofHours(1));
        assertThreadsEnd();

        closer.abortAfterTimeout(NEVER_ENDED, () -> aborted.add("one"));
        closer.abortAfterTimeout(NEVER_ENDED, () -> aborted.add("other"));
        assertEquals(List.of("one", "other"), List.copyOf(aborted));
    }

    private void assertThreadsEnd() throws InterruptedException {
        threads.shutdown();
        assertTrue(threads.awaitTermination(TestDeadline.SECONDS, TimeUnit.SECONDS));
    }
}
