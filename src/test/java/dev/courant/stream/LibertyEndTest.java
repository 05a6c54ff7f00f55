package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibertyEndTest {

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
    void bringsBackWhoWaitsThenCompletesAndTellsTheClient() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch completed = new CountDownLatch(1);
        HandedOutput output = new HandedOutput(stuck(waiting), threads);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            output.write(1);
            assertTrue(waiting.await(30, TimeUnit.SECONDS));
            Trickle trickle = new Trickle(threads);
            trickle.add(new LibertyEnd(accepted, output, trickle, completed::countDown));

            assertTrue(completed.await(30, TimeUnit.SECONDS));
            assertTrue(output.giveUp(), "nobody waits any more");
            client.setSoTimeout(30_000);
            assertEquals(-1, client.getInputStream().read());
            assertFalse(accepted.isClosed(), "that is the server's to do");
        }
    }

    @Test
    void isOneAfterTheOther() {
        Trickle trickle = new Trickle(threads);
        assertTrue(trickle.isTurn());
        assertFalse(trickle.isTurn(), "not at once");
    }
}
