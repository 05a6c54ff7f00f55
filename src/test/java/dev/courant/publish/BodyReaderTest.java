package dev.courant.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.http.ProblemException;
import dev.courant.support.TestDeadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private static final byte[] BYTES = "hello".getBytes(UTF_8);
    private static final int MAX_BYTES = 100;
    private static final int BUDGET = 1 << 20;

    private final AtomicLong now = new AtomicLong();
    private final SlowBodyLimit slowBodies = new SlowBodyLimit(now::get);
    private final BodyMemoryBudget budget = new BodyMemoryBudget(BUDGET);

    /** On Open Liberty {@code available()} returns 0 until the first read, and at the end of a chunked body. */
    @Test
    void readsAtOnceIfAvailableReturnsZero() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        InputStream blind = new ByteArrayInputStream(BYTES) {

            @Override
            public int available() {
                calls.incrementAndGet();
                return 0;
            }
        };

        assertArrayEquals(BYTES, read(-1, blind));
        assertEquals(1, calls.get(), "available() is not polled");
    }

    /** Undertow blocks even if 0 bytes are requested. */
    @Test
    void neverReadsZeroBytes() throws IOException {
        InputStream undertow = new ByteArrayInputStream(BYTES) {

            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                assertTrue(length > 0);
                return super.read(to, offset, length);
            }
        };

        assertArrayEquals(BYTES, read(BYTES.length, undertow));
        undertow.reset();
        assertArrayEquals(BYTES, read(-1, undertow));
    }

    @Test
    void readsOnlyAvailableBytesWhileTooManyBodiesAreSlow() throws Exception {
        try (SlowBodies slow = new SlowBodies(SlowBodyLimit.MAX)) {
            assertArrayEquals(BYTES, read(BYTES.length, new ByteArrayInputStream(BYTES)));
            ProblemException refused = assertThrows(
                    ProblemException.class, () -> read(BYTES.length, new SlowBody(slow.reading, slow.sent)));
            assertEquals(503, refused.problem().status());
        }
        assertArrayEquals(BYTES, read(-1, new ByteArrayInputStream(BYTES)), "all slow bodies have ended");
    }

    /** On Grizzly {@code available()} returns 0 until the next read, even if bytes have arrived meanwhile. */
    @Test
    void cancelsASlowBodyWhileTooManyWait() throws Exception {
        InputStream blind = new ByteArrayInputStream(BYTES) {
            @Override
            public synchronized int available() {
                return 0;
            }
        };
        try (SlowBodies slow = new SlowBodies(SlowBodyLimit.MAX)) {
            now.set(TimeUnit.SECONDS.toNanos(2));

            assertArrayEquals(BYTES, read(BYTES.length, blind));
            slow.awaitRefusal();
            assertEquals(List.of(503), slow.refused, "only one body is cancelled");
        }
    }

    @Test
    void reservesItsSizeAndReleasesAllOfIt() throws Exception {
        BodyMemoryBudget.Share memory = budget.openShare();
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 'x');
        assertArrayEquals(
                large,
                new BodyReader(
                                new ByteArrayInputStream(large),
                                large.length,
                                large.length,
                                memory,
                                slowBodies,
                                BodyReader.TIMEOUT)
                        .read(() -> null));
        assertEquals(large.length, budget.usedBytes());

        memory.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void isRefusedBeforeItExceedsTheBudget() throws Exception {
        BodyMemoryBudget.Share other = budget.openShare();
        assertTrue(other.tryReserve(BUDGET / 2));
        byte[] large = new byte[BUDGET / 2];
        BodyMemoryBudget.Share memory = budget.openShare();
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> new BodyReader(
                                new ByteArrayInputStream(large), -1, BUDGET, memory, slowBodies, BodyReader.TIMEOUT)
                        .read(() -> null));

        assertEquals(503, refused.problem().status());
        assertTrue(refused.headers().containsKey("Retry-After"));
        assertTrue(budget.usedBytes() <= BUDGET);
    }

    /** Grizzly ends a read after 30 seconds. */
    @Test
    void refusesABodyWhoseReadTimesOut() {
        InputStream stalled = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("timed out");
            }
        };
        try (BodyMemoryBudget.Share memory = budget.openShare()) {
            BodyReader late = new BodyReader(stalled, 1, MAX_BYTES, memory, slowBodies, Duration.ZERO);

            ProblemException refused = assertThrows(ProblemException.class, () -> late.read(() -> null));

            assertEquals(408, refused.problem().status());
            assertThrows(IOException.class, () -> read(1, stalled), "the client has disconnected");
        }
    }

    private byte[] read(int length, InputStream body) throws IOException {
        try (BodyMemoryBudget.Share memory = budget.openShare()) {
            return new BodyReader(body, length, MAX_BYTES, memory, slowBodies, BodyReader.TIMEOUT).read(() -> null);
        }
    }

    /** Threads that wait for the first byte of a body each. */
    private final class SlowBodies implements AutoCloseable {

        final CountDownLatch reading;
        final CountDownLatch sent = new CountDownLatch(1);
        final List<Integer> refused = new CopyOnWriteArrayList<>();
        private final CountDownLatch oneRefused = new CountDownLatch(1);
        private final List<Thread> threads = new ArrayList<>();

        SlowBodies(int number) throws InterruptedException {
            reading = new CountDownLatch(number);
            for (int i = 0; i < number; i++) {
                Thread thread = new Thread(this::readOne);
                thread.start();
                threads.add(thread);
            }
            assertTrue(reading.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }

        private void readOne() {
            try {
                read(1, new SlowBody(reading, sent));
            } catch (ProblemException problem) {
                refused.add(problem.problem().status());
                assertFalse(Thread.currentThread().isInterrupted());
                oneRefused.countDown();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        void awaitRefusal() throws InterruptedException {
            assertTrue(oneRefused.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }

        @Override
        public void close() throws InterruptedException {
            sent.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** A body without any bytes until the test counts down {@code sent}. */
    private static final class SlowBody extends InputStream {

        private final CountDownLatch reading;
        private final CountDownLatch sent;

        SlowBody(CountDownLatch reading, CountDownLatch sent) {
            this.reading = reading;
            this.sent = sent;
        }

        @Override
        public int read() throws IOException {
            reading.countDown();
            try {
                sent.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt(); // like Grizzly
                throw new IOException(stopped);
            }
            return -1;
        }
    }
}
