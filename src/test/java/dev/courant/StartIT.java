package dev.courant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a client meets that tries to connect all the while the uber-jar starts, as an EventSource does in a restart. */
class StartIT {

    private final Set<Integer> answers = new ConcurrentSkipListSet<>();
    private final CountDownLatch answered = new CountDownLatch(1);

    @Test
    void answersNobodyBeforeTheStreamIsThere() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI stream = URI.create("http://127.0.0.1:" + port + "/sse");
        ScheduledExecutorService client = Executors.newSingleThreadScheduledExecutor();
        client.scheduleWithFixedDelay(() -> connect(stream), 0, 50, TimeUnit.MILLISECONDS);
        try (CourantProcess started = CourantProcess.start(port, List.of())) {
            assertTrue(answered.await(TestDeadline.SECONDS, TimeUnit.SECONDS), () -> "no answer; " + started.output());
        } finally {
            client.shutdownNow();
        }
        assertEquals(Set.of(200), answers);
    }

    private void connect(URI stream) {
        try {
            HttpURLConnection connection = (HttpURLConnection) stream.toURL().openConnection(Proxy.NO_PROXY);
            connection.setReadTimeout((int) TestDeadline.DURATION.toMillis());
            answers.add(connection.getResponseCode());
            connection.disconnect();
            answered.countDown();
        } catch (IOException refused) {
            // As it should be, until the stream is there.
        }
    }
}
