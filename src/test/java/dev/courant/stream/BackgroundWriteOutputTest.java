package dev.courant.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.TestDeadline;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where a server waits in the midst of a write, nobody else does. */
class BackgroundWriteOutputTest {

    private final Queue<Runnable> handed = new ArrayDeque<>();
    private final FakeServer server = new FakeServer(() -> true, Runnable::run);
    private final BackgroundWriteOutput output = new BackgroundWriteOutput(server, handed::add);
    private int told;

    private void open() {
        output.setWriteListener(new WriteListener() {

            @Override
            public void onWritePossible() {
                told++;
            }

            @Override
            public void onError(Throwable broken) {
                throw new AssertionError(broken);
            }
        });
        handed.remove().run();
        assertEquals(1, told);
    }

    @Test
    void writesElsewhereAndSaysWhenItIsReadyAgain() throws IOException {
        open();
        server.makeWritable();
        assertTrue(output.isReady());
        output.write("one".getBytes(UTF_8));
        assertFalse(output.isReady());
        assertEquals("", server.written());

        server.makeWritable();
        handed.remove().run();
        assertEquals("one", server.written());
        assertEquals(2, told);
        assertTrue(output.isReady());
    }

    @Test
    void saysAtTheNextWriteThatTheClientIsGone() throws IOException {
        open();
        server.breaksWith = new IOException("gone");
        output.write(1);
        handed.remove().run();
        assertTrue(output.isReady());
        assertThrows(IOException.class, () -> output.write(1));
    }

    @Test
    void bringsBackWhoeverWaitsForAClientThatIsGone() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        FakeServer stuck = new FakeServer(() -> true, Runnable::run) {

            @Override
            public void write(byte[] given, int offset, int length) {
                waiting.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException givenUp) {
                    back.countDown(); // as Open Liberty does, without a word
                }
            }
        };
        var threads = Executors.newSingleThreadExecutor();
        try {
            BackgroundWriteOutput to = new BackgroundWriteOutput(stuck, threads);
            to.write(1);
            assertTrue(waiting.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
            to.giveUp();
            assertTrue(back.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
            threads.submit(() -> {}).get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(to.giveUp(), "nobody writes");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void triesAgainWhatASocketDidNotTake() throws InterruptedException {
        var threads = Executors.newSingleThreadExecutor();
        try {
            WriteRetryLoop trickle = new WriteRetryLoop(threads);
            CountDownLatch sent = new CountDownLatch(2);
            for (int rest = 0; rest < 2; rest++) {
                AtomicInteger tries = new AtomicInteger();
                trickle.add(() -> {
                    boolean last = tries.incrementAndGet() == 3;
                    if (last) {
                        sent.countDown();
                    }
                    return last;
                });
            }
            assertTrue(sent.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        } finally {
            threads.shutdownNow();
        }
    }
}
