package dev.courant;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that does not read loses its connection, and with it all that waits there, while others read on. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StallIT {

    /** More than a socket's buffers and a server's queue take: 32 MiB. */
    private static final int EVENTS = 512;

    private static final int EVENT_BYTES = 1 << 16;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")));
    }

    @ArquillianResource
    private URI base;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void closesTheConnectionOfAClientThatDoesNotRead() throws Exception {
        URI topic = base.resolve("sse/test/stall");
        try (EventStream healthy = new EventStream(topic);
                Socket stalled = new Socket()) {
            healthy.next("id");
            stalled.setReceiveBufferSize(4096);
            stalled.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            OutputStream out = stalled.getOutputStream();
            out.write(("GET " + topic.getPath() + " HTTP/1.1\r\nHost: courant\r\nAccept: text/event-stream\r\n\r\n")
                    .getBytes(US_ASCII));
            for (int n = 0; n < EVENTS; n++) {
                publish(topic, "x".repeat(EVENT_BYTES));
            }

            assertTrue(isClosed(out), "and not only the stream");
            publish(topic, "last");
            healthy.next(block -> "last".equals(block.get("data")));
        }
    }

    private void publish(URI topic, String data) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(topic)
                .POST(BodyPublishers.ofString(data))
                .build();
        assertEquals(201, client.send(request, BodyHandlers.discarding()).statusCode());
    }

    /** Without reading, which would make room, only a write shows it; now and then, as this server's numbers come. */
    private boolean isClosed(OutputStream out) throws Exception {
        long deadline = System.nanoTime() + EventStream.DEADLINE.toNanos();
        try (EventStream numbers = new EventStream(base.resolve("sse"))) {
            while (System.nanoTime() < deadline) {
                numbers.next("data");
                if (!takes(out)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean takes(OutputStream out) {
        try {
            out.write('\n');
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
