package dev.courant.it.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.support.ChunkedLineReader;
import dev.courant.support.HttpEventStream;
import dev.courant.support.ServerProbe;
import java.io.ByteArrayOutputStream;
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
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that the server disconnects a client that does not read, while other clients continue. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StallIT {

    /** The number of events, 32 MiB in total, which exceeds the socket buffers and the server's queue. */
    private static final int EVENTS = 512;

    private static final int EVENT_BYTES = 1 << 16;

    /** The number of events for a slow client: three times as many as the socket buffers hold. */
    private static final int SLOW_EVENTS = 32;

    /** Servers that keep an HTTP/2 connection open after its stream has ended. */
    private static final Set<String> KEEP_CONNECTION = Set.of("wildfly");

    private static final HexFormat HEX = HexFormat.of();

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("courant.war")))
                .addClass(ServerProbe.class);
    }

    @ArquillianResource
    private URI base;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void closesTheConnectionOfAClientThatDoesNotRead() throws Exception {
        URI topic = base.resolve("sse/test/stall");
        String request = "GET " + topic.getPath() + " HTTP/1.1\r\nHost: courant\r\nAccept: text/event-stream\r\n\r\n";

        assertClosed(topic, request.getBytes(US_ASCII), new byte[] {'\n'});
    }

    /** The receive buffer is smaller than an event, so each event is written in many parts. */
    @Test
    void deliversAllEventsInOrderToASlowClient() throws Exception {
        URI topic = base.resolve("sse/test/little");
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            socket.setSoTimeout((int) HttpEventStream.DEADLINE.toMillis());
            socket.getOutputStream()
                    .write(("GET " + topic.getPath() + " HTTP/1.1\r\nHost: courant\r\n\r\n").getBytes(US_ASCII));
            ChunkedLineReader body = new ChunkedLineReader(socket.getInputStream());
            body.readLine(": |retry:.*"); // subscribed
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
                for (int n = 0; n < SLOW_EVENTS; n++) {
                    publish(topic, n + "x".repeat(EVENT_BYTES));
                }
            });
            for (int n = 0; n < SLOW_EVENTS; n++) {
                assertEquals(
                        "data:" + n + "x".repeat(EVENT_BYTES),
                        body.readLine("data:.*").replace(": ", ":"));
            }
            publishing.join();
        }
    }

    @Test
    void closesTheHttp2ConnectionOfAClientThatDoesNotRead() throws Exception {
        URI topic = base.resolve("sse/test/stall/2");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        request.writeBytes(frame("04 00 00000000", "0004 7fffffff")); // SETTINGS: the maximum window of a stream
        request.writeBytes(frame("08 00 00000000", "7fff0000")); // WINDOW_UPDATE: the maximum window of the connection
        String headers = "82 86" // GET, http; then names and values, each after its length
                + literal("04", topic.getPath())
                + literal("01", "courant")
                + literal("00" + lengthPrefixed("accept"), "text/event-stream");
        request.writeBytes(frame("01 05 00000001", headers));

        assertClosed(topic, request.toByteArray(), frame("06 00 00000000", "0000000000000000"));
    }

    /** @param probe bytes that an open connection accepts any number of times */
    private void assertClosed(URI topic, byte[] request, byte[] probe) throws Exception {
        try (HttpEventStream healthy = new HttpEventStream(topic);
                Socket stalled = new Socket()) {
            healthy.next("id");
            stalled.setReceiveBufferSize(4096);
            stalled.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            stalled.getOutputStream().write(request);
            for (int n = 0; n < EVENTS; n++) {
                publish(topic, "x".repeat(EVENT_BYTES));
            }

            if (probe.length > 1 && KEEP_CONNECTION.contains(System.getProperty("arquillian.launch"))) {
                awaitOneSubscription();
            } else {
                assertTrue(isClosed(stalled.getOutputStream(), probe), "the connection is closed, not only the stream");
            }
            publish(topic, "last");
            healthy.next(block -> "last".equals(block.get("data")));
        }
    }

    /** Waits until one of the two subscriptions has ended. */
    private void awaitOneSubscription() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("probe")).build();
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        String subscriptions = "";
        while (!subscriptions.equals("1") && System.nanoTime() < deadline) {
            subscriptions = client.send(request, BodyHandlers.ofString()).body();
        }
        assertEquals("1", subscriptions);
    }

    /**
     * Returns an HTTP/2 frame.
     *
     * @param head its type, flags and stream id in hexadecimal digits
     */
    private static byte[] frame(String head, String body) {
        String payload = body.replace(" ", "");
        return HEX.parseHex(HEX.toHexDigits(payload.length() / 2, 6) + head.replace(" ", "") + payload);
    }

    private static String literal(String name, String value) {
        return name + lengthPrefixed(value);
    }

    private static String lengthPrefixed(String text) {
        return HEX.toHexDigits((byte) text.length()) + HEX.formatHex(text.getBytes(US_ASCII));
    }

    private void publish(URI topic, String data) {
        HttpRequest request = HttpRequest.newBuilder(topic)
                .POST(BodyPublishers.ofString(data))
                .build();
        assertEquals(
                201, client.sendAsync(request, BodyHandlers.discarding()).join().statusCode());
    }

    /**
     * Returns whether the server has closed the connection. Only a write can detect that, since reading would free buffer
     * space. The stream of numbers sets the interval of the writes.
     */
    private boolean isClosed(OutputStream out, byte[] probe) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        try (HttpEventStream numbers = new HttpEventStream(base.resolve("sse"))) {
            while (System.nanoTime() < deadline) {
                numbers.next("data");
                if (!tryWrite(out, probe)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean tryWrite(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
