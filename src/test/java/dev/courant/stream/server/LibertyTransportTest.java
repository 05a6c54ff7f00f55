package dev.courant.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.BlockedOutput;
import dev.courant.support.TestDeadline;
import dev.courant.support.WritableSignal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibertyTransportTest {

    /** The size of a chunk that does not fit into the socket buffers of both ends. */
    private static final int CHUNK_BYTES = 16 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void interruptsTheWriteThenAborts() throws Exception {
        BlockedOutput blocking = new BlockedOutput();
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
        BackgroundWriteOutput output = (BackgroundWriteOutput) transport.wrap(blocking);
        output.write(1);
        assertTrue(blocking.blocked.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertTrue(output.isBusy());

        transport.end(completed::countDown);

        assertTrue(completed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(0, aborted.getCount());
        assertTrue(output.interruptWrite(), "no write is running");
    }

    @Test
    void sendsTheRestOfAChunkAndNotifiesOnce() throws Exception {
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    SocketChannel accepted = server.accept()) {
                accepted.configureBlocking(false);
                ServerTransport transport =
                        new LibertyTransport(accepted.socket(), true, threads, new WriteRetryLoop(threads));
                assertTrue(transport.canTakeChunks());
                WritableSignal signal = new WritableSignal();

                transport.send(ByteBuffer.allocate(CHUNK_BYTES));

                assertFalse(transport.isWritable(signal));
                ByteBuffer received = ByteBuffer.allocate(CHUNK_BYTES);
                while (received.hasRemaining() && client.read(received) >= 0) {
                    // reads until all is received
                }
                assertTrue(signal.writable.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
                assertTrue(transport.isWritable(signal));
                assertEquals(1, signal.calls.get());
            }
        }
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
