package dev.courant;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Publishers that do not go on with what they have begun to send. */
class SlowBodyIT {

    /** More than the server has threads. */
    private static final int MANY = 400;

    @Test
    void holdsUpNobodyElse() throws Exception {
        int port = Ports.free();
        List<RawConnection> slow = new ArrayList<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (CourantProcess courant =
                CourantProcess.start(port, List.of("-Dcourant.publish.anonymous=test/**", "-Dcourant.heartbeat=1s"))) {
            URI topic = courant.uri().resolve("sse/test/slow");
            ServerState idle = ServerState.of(courant);
            for (int i = 0; i < MANY; i++) {
                RawConnection connection = new RawConnection(courant.uri());
                slow.add(connection);
                connection.send(("POST " + topic.getPath() + " HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
                        .getBytes(US_ASCII));
            }
            ServerState.once(courant, state -> state.busy() > 0);
            try (EventStream stream = new EventStream(topic)) {
                stream.next("retry");
                assertEquals(201, Publisher.post(client, topic, "quick"));
                assertEquals("quick", stream.next("data").get("data"));
            }
            for (RawConnection connection : slow) {
                connection.close();
            }
            assertEquals(idle, ServerState.once(courant, idle::equals));
            assertTrue(courant.output().stream().noneMatch(line -> line.contains("SEVERE dev.courant")));
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
    }
}
