package dev.courant.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.TestDeadline;
import dev.courant.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyTest {

    private static final byte[] BYTES = "hello".getBytes(UTF_8);
    private static final int MOST = 100;

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

        assertArrayEquals(BYTES, Body.read(request(-1), blind, MOST));
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

        assertArrayEquals(BYTES, Body.read(request(BYTES.length), undertow, MOST));
        undertow.reset();
        assertArrayEquals(BYTES, Body.read(request(-1), undertow, MOST));
    }

    @Test
    void whileTooManyWaitTakesOnlyWhatIsHere() throws Exception {
        CountDownLatch reading = new CountDownLatch(Body.MOST_WAITING);
        CountDownLatch sent = new CountDownLatch(1);
        List<Thread> slow = new ArrayList<>();
        try {
            for (int i = 0; i < Body.MOST_WAITING; i++) {
                Thread thread = new Thread(() -> readSlowly(reading, sent));
                thread.start();
                slow.add(thread);
            }
            assertTrue(reading.await(TestDeadline.SECONDS, TimeUnit.SECONDS));

            assertArrayEquals(BYTES, Body.read(request(BYTES.length), new ByteArrayInputStream(BYTES), MOST));
            ProblemException refused = assertThrows(
                    ProblemException.class,
                    () -> Body.read(request(BYTES.length), new SlowBody(new CountDownLatch(1), sent), MOST));
            assertEquals(503, refused.problem().status());
        } finally {
            sent.countDown();
            for (Thread thread : slow) {
                thread.join();
            }
        }
        assertArrayEquals(BYTES, Body.read(request(-1), new ByteArrayInputStream(BYTES), MOST), "all have let go");
    }

    private static void readSlowly(CountDownLatch reading, CountDownLatch sent) {
        try {
            Body.read(request(1), new SlowBody(reading, sent), MOST);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static HttpServletRequest request(long length) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                BodyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> length); // the only thing that is asked
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
                throw new IOException(stopped);
            }
            return -1;
        }
    }
}
