package dev.courant.stream.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.stream.FakeServer;
import dev.courant.support.BlockedOutput;
import dev.courant.support.TestDeadline;
import dev.courant.support.WritableSignal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Verifies that only the background thread blocks when the server blocks inside a write. */
class BackgroundWriteOutputTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final FakeServer server = new FakeServer(() -> true, Runnable::run);
    private final BackgroundWriteOutput output = new BackgroundWriteOutput(server, tasks::add);
    private final WritableSignal signal = new WritableSignal();

    private void open() {
        output.setWriteListener(signal);
        tasks.remove().run();
        assertEquals(1, signal.calls.get());
    }

    @Test
    void writesInTheBackgroundAndThenIsReadyAgain() throws IOException {
        open();
        server.makeWritable();
        assertTrue(output.isReady());
        output.write("one".getBytes(UTF_8));
        assertFalse(output.isReady());
        assertEquals("", server.written());

        server.makeWritable();
        tasks.remove().run();
        assertEquals("one", server.written());
        assertEquals(2, signal.calls.get());
        assertTrue(output.isReady());
    }

    @Test
    void throwsAtTheNextWriteAfterTheClientDisconnected() throws IOException {
        open();
        server.breaksWith = new IOException("gone");
        output.write(1);
        tasks.remove().run();
        assertTrue(output.isReady());
        assertThrows(IOException.class, () -> output.write(1));
    }

    @Test
    void interruptsAWriteToAClientThatDisconnected() throws Exception {
        BlockedOutput blocking = new BlockedOutput();
        var threads = Executors.newSingleThreadExecutor();
        try {
            BackgroundWriteOutput to = new BackgroundWriteOutput(blocking, threads);
            to.write(1);
            assertTrue(blocking.blocked.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
            to.interruptWrite();
            assertTrue(blocking.interrupted.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
            threads.submit(() -> {}).get(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(to.interruptWrite(), "no write is running");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void retriesWritesThatASocketDidNotTake() throws InterruptedException {
        var threads = Executors.newSingleThreadExecutor();
        try {
            WriteRetryLoop retryLoop = new WriteRetryLoop(threads);
            CountDownLatch sent = new CountDownLatch(2);
            for (int rest = 0; rest < 2; rest++) {
                AtomicInteger tries = new AtomicInteger();
                retryLoop.add(() -> {
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
