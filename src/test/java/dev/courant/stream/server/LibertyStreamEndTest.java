package dev.courant.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.stream.BackgroundWriteOutput;
import dev.courant.stream.FakeServer;
import dev.courant.stream.ServerTransport;
import dev.courant.stream.WriteRetryLoop;
import dev.courant.support.TestDeadline;
import jakarta.servlet.WriteListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibertyStreamEndTest {

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
        BackgroundWriteOutput output = new BackgroundWriteOutput(stuck(waiting), threads);
        ServerTransport transport = new ServerTransport() {

            @Override
            public boolean isWritable(WriteListener listener) {
                return true;
            }

            @Override
            public void abort() {
                aborted.countDown();
            }
        };
        output.write(1);
        assertTrue(waiting.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertTrue(output.isBusy());
        WriteRetryLoop retryLoop = new WriteRetryLoop(threads);

        assertTrue(retryLoop.add(new LibertyStreamEnd(transport, output, retryLoop, completed::countDown)));

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
