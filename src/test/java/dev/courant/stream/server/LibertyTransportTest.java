package dev.courant.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.stream.FakeServer;
import dev.courant.support.TestDeadline;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibertyTransportTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Returns a server that blocks in a write until it is interrupted, and then returns without an exception. */
    private static FakeServer stuck(CountDownLatch waiting) {
        return new FakeServer(() -> true, Runnable::run) {

            @Override
            public void write(byte[] given, int offset, int length) {
                waiting.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    // returns without an exception
                }
            }
        };
    }

    @Test
    void interruptsTheWriteThenAborts() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        CountDownLatch completed = new CountDownLatch(1);
        Socket socket = new Socket() {

            @Override
            public void setSoLinger(boolean on, int seconds) {}

            @Override
            public void shutdownInput() {}

            @Override
            public void shutdownOutput() {
                aborted.countDown();
            }

            @Override
            public void close() {
                throw new AssertionError("the threads of the server would block");
            }
        };
        ServerTransport transport = new LibertyTransport(socket, true, threads, new WriteRetryLoop(threads));
        BackgroundWriteOutput output = (BackgroundWriteOutput) transport.wrap(stuck(waiting));
        output.write(1);
        assertTrue(waiting.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertTrue(output.isBusy());

        transport.end(completed::countDown);

        assertTrue(completed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(0, aborted.getCount());
        assertTrue(output.interruptWrite(), "no write is running");
    }

    @Test
    void isRefusedAfterTheExecutorHasStopped() {
        threads.shutdownNow();
        assertFalse(new WriteRetryLoop(threads).add(() -> true));
    }

    @Test
    void acquiresOneTurnAtATime() {
        WriteRetryLoop retryLoop = new WriteRetryLoop(threads);
        assertTrue(retryLoop.tryAcquirePermit());
        assertFalse(retryLoop.tryAcquirePermit(), "not at once");
    }
}
