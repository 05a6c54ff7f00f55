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

    /** As Open Liberty is while it waits for a client; it comes back when it is interrupted, without a word. */
    private static FakeServer stuck(CountDownLatch waiting) {
        return new FakeServer(() -> true, Runnable::run) {

            @Override
            public void write(byte[] given, int offset, int length) {
                waiting.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException givenUp) {
                    // that is all
                }
            }
        };
    }

    @Test
    void bringsBackWhoWaitsThenCuts() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        CountDownLatch completed = new CountDownLatch(1);
        BackgroundWriteOutput output = new BackgroundWriteOutput(stuck(waiting), threads);
        ServerTransport pipe = new ServerTransport() {

            @Override
            public boolean isClear(WriteListener told) {
                return true;
            }

            @Override
            public void cut() {
                cut.countDown();
            }
        };
        output.write(1);
        assertTrue(waiting.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertTrue(output.isBusy());
        WriteRetryLoop trickle = new WriteRetryLoop(threads);

        assertTrue(trickle.add(new LibertyStreamEnd(pipe, output, trickle, completed::countDown)));

        assertTrue(completed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(0, cut.getCount());
        assertTrue(output.giveUp(), "nobody waits any more");
    }

    @Test
    void isRefusedWhereNobodyTriesAnyMore() {
        threads.shutdownNow();
        assertFalse(new WriteRetryLoop(threads).add(() -> true));
    }

    @Test
    void isOneAfterTheOther() {
        WriteRetryLoop trickle = new WriteRetryLoop(threads);
        assertTrue(trickle.isTurn());
        assertFalse(trickle.isTurn(), "not at once");
    }
}
