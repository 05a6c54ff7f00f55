package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantProcess;
import dev.courant.support.RawConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests a small heap with clients that publish more bytes at the same time than it holds. */
class HeapIT {

    private static final int CLIENTS = 100;
    private static final int PUBLICATIONS = 2;
    private static final int BYTES = 1 << 20;

    @Test
    void receivesNoMoreBytesAtATimeThanItsHeapAllows() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (CourantProcess courant = CourantProcess.start(
                FreePorts.free(),
                List.of("-Xmx192m", "-Dcourant.publish.anonymous=test/**", "-Dcourant.numbers=false"))) {
            Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    for (int each = 0; each < PUBLICATIONS; each++) {
                        statuses.merge(publish(courant), 1, Integer::sum);
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get(5, TimeUnit.MINUTES);
            }
            assertTrue(statuses.getOrDefault(201, 0) > 0, statuses::toString);
            assertEquals(
                    CLIENTS * PUBLICATIONS,
                    statuses.getOrDefault(201, 0) + statuses.getOrDefault(503, 0),
                    statuses::toString);
            assertEquals(201, publish(courant), "memory is available again afterwards");
            assertEquals(
                    List.of(),
                    courant.output().stream()
                            .filter(line -> line.contains("OutOfMemoryError"))
                            .toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static int publish(CourantProcess courant) throws Exception {
        byte[] body = new byte[BYTES];
        Arrays.fill(body, (byte) 'x');
        try (RawConnection connection = new RawConnection(courant.uri())) {
            connection.send(("POST /sse/test/heap HTTP/1.1\r\nHost: a\r\nContent-Length: " + BYTES + "\r\n\r\n")
                    .getBytes(US_ASCII));
            connection.send(body);
            RawConnection.RawResponse response = connection.read(false);
            assertNotNull(response);
            if (response.status() == 503) {
                assertNotNull(response.header("Retry-After"));
                assertEquals("application/problem+json", response.header("Content-Type"));
            }
            return response.status();
        }
    }
}
