package dev.courant.it.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.it.journal.PublishLoop;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import dev.courant.support.RawConnection;
import dev.courant.support.ServerState;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests publishers that send only a part of their body. */
class SlowBodyIT {

    /** The number of slow publishers, which exceeds the number of server threads. */
    private static final int SLOW_PUBLISHERS = 400;

    /** The maximum number of bodies that occupy a waiting thread. */
    private static final int MAX_WAITING_BODIES = 64;

    @Test
    void doesNotDelayOtherClients() throws Exception {
        int port = FreePorts.free();
        List<RawConnection> slow = new ArrayList<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (CourantProcess courant =
                CourantProcess.start(port, List.of("-Dcourant.publish.anonymous=test/**", "-Dcourant.heartbeat=1s"))) {
            URI topic = courant.uri().resolve("sse/test/slow");
            ServerState idle = ServerState.of(courant);
            for (int i = 0; i < SLOW_PUBLISHERS; i++) {
                RawConnection connection = new RawConnection(courant.uri());
                slow.add(connection);
                // The body of a form has no first byte: Jersey waits for one.
                String bodyStart = i % 2 == 0 ? "\r\na" : "Content-Type: application/x-www-form-urlencoded\r\n\r\n";
                connection.send(
                        ("POST " + topic.getPath() + " HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n" + bodyStart)
                                .getBytes(US_ASCII));
            }
            ServerState.await(courant, state -> state.busy() > 0);
            try (HttpEventStream stream = new HttpEventStream(topic)) {
                stream.next("retry");
                assertEquals(201, PublishLoop.post(client, topic, "quick"));
                assertEquals("quick", stream.next("data").get("data"));
            }
            for (RawConnection connection : slow) {
                connection.close();
            }
            assertEquals(idle, ServerState.await(courant, idle::equals));
            assertTrue(courant.output().stream().noneMatch(line -> line.contains("SEVERE dev.courant")));
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
    }

    /** Publishes with a delay between head and body, as over a network. */
    @Test
    void endsSlowBodiesForOtherPublishers() throws Exception {
        int port = FreePorts.free();
        List<RawConnection> slow = new ArrayList<>();
        try (CourantProcess courant = CourantProcess.start(port, List.of("-Dcourant.publish.anonymous=test/**"))) {
            for (int i = 0; i < MAX_WAITING_BODIES; i++) {
                RawConnection connection = new RawConnection(courant.uri());
                slow.add(connection);
                connection.send(
                        "POST /sse/test/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na".getBytes(US_ASCII));
            }
            ServerState.await(courant, state -> state.busy() >= MAX_WAITING_BODIES);
            long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
            int status = 0;
            while (status != 201 && System.nanoTime() < deadline) {
                status = publishInTwoParts(courant);
            }
            int answered = 0;
            for (RawConnection connection : slow) {
                answered += connection.hasUnreadData() ? 1 : 0;
            }
            assertEquals(201, status);
            assertTrue(answered < MAX_WAITING_BODIES / 2, answered + " slow bodies were ended");
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
    }

    private static int publishInTwoParts(CourantProcess courant) throws Exception {
        try (RawConnection connection = new RawConnection(courant.uri())) {
            connection.send("POST /sse/test/quick HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n".getBytes(US_ASCII));
            ServerState.of(courant); // takes some time
            connection.send("quick".getBytes(US_ASCII));
            RawConnection.RawResponse response = connection.read(false);
            return response == null ? 0 : response.status();
        }
    }
}
