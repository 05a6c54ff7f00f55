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
    private static final int MOST = 100;
    private static final int BUDGET = 1 << 20;

    private final AtomicLong now = new AtomicLong();
    private final SlowBodyLimit waiting = new SlowBodyLimit(now::get);
    private final BodyMemoryBudget budget = new BodyMemoryBudget(BUDGET);

    /** Open Liberty's says that nothing is here until something was read, and all at the end of what is chunked. */
    @Test
    void readsAtOnceWhatTheServerDoesNotSee() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        InputStream blind = new ByteArrayInputStream(BYTES) {

            @Override
            public int available() {
                asked.incrementAndGet();
                return 0;
            }
        };

        assertArrayEquals(BYTES, read(-1, blind));
        assertEquals(1, asked.get(), "no time is spent on waiting until it does");
    }

    /** Undertow's waits for the next byte though none is asked for. */
    @Test
    void neverAsksForNothing() throws IOException {
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
    void whileTooManyWaitTakesOnlyWhatIsHere() throws Exception {
        try (SlowBodies slow = new SlowBodies(SlowBodyLimit.MAX)) {
            assertArrayEquals(BYTES, read(BYTES.length, new ByteArrayInputStream(BYTES)));
            ProblemException refused = assertThrows(
                    ProblemException.class, () -> read(BYTES.length, new SlowBody(slow.reading, slow.sent)));
            assertEquals(503, refused.problem().status());
        }
        assertArrayEquals(BYTES, read(-1, new ByteArrayInputStream(BYTES)), "all have let go");
    }

    /** Grizzly's says that nothing is here until something is read, even if it has come meanwhile. */
    @Test
    void takesThePlaceOfASlowOneWhileTooManyWait() throws Exception {
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
            assertEquals(List.of(503), slow.refused, "and none but that one");
        }
    }

    @Test
    void takesNoMemoryBeyondItsSizeAndGivesAllOfItBack() throws Exception {
        BodyMemoryBudget.Share memory = budget.share();
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 'x');
        assertArrayEquals(
                large,
                new BodyReader(new ByteArrayInputStream(large), large.length, large.length, memory, waiting)
                        .read(() -> null));
        assertEquals(large.length, budget.used());

        memory.close();
        assertEquals(0, budget.used());
    }

    @Test
    void isRefusedBeforeItTakesMoreThanThereIs() throws Exception {
        BodyMemoryBudget.Share other = budget.share();
        assertTrue(other.take(BUDGET / 2));
        byte[] large = new byte[BUDGET / 2];
        BodyMemoryBudget.Share memory = budget.share();
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> new BodyReader(new ByteArrayInputStream(large), -1, BUDGET, memory, waiting).read(() -> null));

        assertEquals(503, refused.problem().status());
        assertTrue(refused.headers().containsKey("Retry-After"));
        assertTrue(budget.used() <= BUDGET);
    }

    private byte[] read(int length, InputStream body) throws IOException {
        try (BodyMemoryBudget.Share memory = budget.share()) {
            return new BodyReader(body, length, MOST, memory, waiting).read(() -> null);
        }
    }

    /** So many that wait for their first byte. */
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

    /** Of which nothing is here before it is sent. */
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
                Thread.currentThread().interrupt(); // as Grizzly leaves it
                throw new IOException(stopped);
            }
            return -1;
        }
    }
}
