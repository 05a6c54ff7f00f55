package dev.courant.it.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantProcess;
import dev.courant.support.TestDeadline;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests a client that repeatedly connects while the uber-jar starts, as an EventSource does during a restart. */
class StartIT {

    private static final int SLOW_CLIENTS = 20;
    private static final String SLOW_PUBLICATION =
            "POST /sse/test/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n1";

    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
    private final CountDownLatch responded = new CountDownLatch(1);

    @Test
    void respondsOnlyOnceTheStreamIsAvailable() throws Exception {
        int port = FreePorts.free();
        URI stream = URI.create("http://127.0.0.1:" + port + "/sse");
        ScheduledExecutorService client = Executors.newSingleThreadScheduledExecutor();
        client.scheduleWithFixedDelay(() -> connect(stream), 0, 50, TimeUnit.MILLISECONDS);
        try (CourantProcess started = CourantProcess.start(port, List.of())) {
            assertTrue(
                    responded.await(TestDeadline.SECONDS, TimeUnit.SECONDS), () -> "no response; " + started.output());
        } finally {
            client.shutdownNow();
        }
        assertEquals(Set.of(200), statuses);
    }

    /**
     * Clients that reconnect at the same time may occupy all threads of the server. The launcher must not mistake that for a
     * failed start. Here, incomplete publications occupy all three threads.
     */
    @Test
    void becomesReadyWhileClientsOccupyAllThreads() throws Exception {
        int port = FreePorts.free();
        List<Socket> clients = new CopyOnWriteArrayList<>();
        ScheduledExecutorService connecting = Executors.newSingleThreadScheduledExecutor();
        connecting.scheduleWithFixedDelay(() -> publishSlowly(port, clients), 0, 20, TimeUnit.MILLISECONDS);
        try (CourantProcess started = CourantProcess.start(
                port,
                List.of("-Dcourant.publish.anonymous=test/**"),
                "--minhttpthreads",
                "3",
                "--maxhttpthreads",
                "3")) {
            assertEquals(port, started.uri().getPort());
        } finally {
            connecting.shutdownNow();
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static void publishSlowly(int port, List<Socket> clients) {
        if (clients.size() < SLOW_CLIENTS) {
            try {
                Socket client = new Socket("127.0.0.1", port);
                clients.add(client);
                client.getOutputStream().write(SLOW_PUBLICATION.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException refused) {
                // The server has not opened the port yet.
            }
        }
    }

    private void connect(URI stream) {
        try {
            HttpURLConnection connection = (HttpURLConnection) stream.toURL().openConnection(Proxy.NO_PROXY);
            connection.setReadTimeout((int) TestDeadline.DURATION.toMillis());
            statuses.add(connection.getResponseCode());
            connection.disconnect();
            responded.countDown();
        } catch (IOException refused) {
            // Expected until the stream is available.
        }
    }
}
