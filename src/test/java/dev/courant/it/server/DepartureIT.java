package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.it.journal.PublishLoop;
import dev.courant.support.HttpEventStream;
import dev.courant.support.ServerProbe;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that subscriptions of disconnected clients end, even on a quiet stream, while other clients continue. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DepartureIT {

    private static final int DISCONNECTING = 10;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")))
                .addClass(ServerProbe.class);
    }

    @ArquillianResource
    private URI base;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param linger the linger time in seconds: 0 resets the connection, and -1 closes it regularly */
    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void endsSubscriptionsOfDisconnectedClientsOnly(int linger) throws Exception {
        String topic = "sse/test/departure/" + (linger + 1);
        int before = subscriptions();
        try (HttpEventStream staying = new HttpEventStream(base.resolve(topic))) {
            staying.next("retry");
            Socket[] disconnecting = new Socket[DISCONNECTING];
            for (int i = 0; i < DISCONNECTING; i++) {
                disconnecting[i] = open(topic);
            }
            await(before + 1 + DISCONNECTING);

            for (Socket socket : disconnecting) {
                if (linger >= 0) {
                    socket.setSoLinger(true, linger);
                } else {
                    socket.getInputStream()
                            .readNBytes(socket.getInputStream().available()); // unread bytes would cause a reset
                }
                socket.close();
            }

            await(before + 1);
            PublishLoop.post(client, base.resolve(topic), "after");
            assertEquals("after", staying.next("data").get("data"));
        }
        await(before);
        assertEquals("", probe("?errors"), "a disconnection is not an error");
    }

    /** Opens a stream, and waits for its first byte. */
    private Socket open(String topic) throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout((int) HttpEventStream.DEADLINE.toMillis());
        socket.getOutputStream()
                .write(("GET " + base.getPath() + topic + " HTTP/1.1\r\nHost: courant\r\n\r\n").getBytes(US_ASCII));
        socket.getInputStream().read();
        return socket;
    }

    private void await(int subscriptions) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        while (subscriptions() != subscriptions && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(subscriptions, subscriptions());
    }

    private int subscriptions() throws Exception {
        return Integer.parseInt(probe(""));
    }

    private String probe(String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("probe" + query))
                .timeout(HttpEventStream.DEADLINE)
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
