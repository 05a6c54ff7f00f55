package dev.courant.it.sse;

import static dev.courant.support.HubClient.header;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.feed.RandomNumber;
import dev.courant.support.HttpEventStream;
import dev.courant.support.ServerProbe;
import dev.courant.support.TestDeadline;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSource;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests streams over HTTP. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StreamIT {

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
    void startsWithHeadersAndAnIdBeforeAnyEvent() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse"))) {
            Map<String, String> priming = stream.next(block -> true);

            HttpResponse<?> response = stream.response();
            assertAll(
                    () -> assertEquals(200, response.statusCode()),
                    () -> assertEquals("text/event-stream", header(response, "Content-Type")),
                    () -> assertEquals("no-store, no-transform", header(response, "Cache-Control")),
                    () -> assertEquals("no", header(response, "X-Accel-Buffering")),
                    () -> assertEquals("nosniff", header(response, "X-Content-Type-Options")),
                    () -> assertEquals(Set.of("retry", "id"), priming.keySet()));
        }
    }

    @Test
    void sendsEveryClientTheSameNumbersWithTheSameIds() throws Exception {
        try (HttpEventStream one = new HttpEventStream(base.resolve("sse"));
                HttpEventStream other = new HttpEventStream(base.resolve("sse"))) {
            Map<String, String> first = other.next("data");
            assertEquals(first, one.next(block -> first.get("id").equals(block.get("id"))));
            Map<String, String> second = other.next("data");
            assertEquals(second, one.next("data"));
            assertNotEquals(first, second);
        }
    }

    @Test
    void resumesAfterTheLastEventIdByHeaderAndByQuery() throws Exception {
        Map<String, String> first;
        Map<String, String> second;
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse"))) {
            first = stream.next("data");
            second = stream.next("data");
        }
        String id = first.get("id");
        try (HttpEventStream header = new HttpEventStream(base.resolve("sse"), "Last-Event-ID", id);
                HttpEventStream query =
                        new HttpEventStream(base.resolve("sse?lastEventId=" + id.replace("#", "%23")))) {
            assertEquals(second, header.next("data"));
            assertEquals(second, query.next("data"));
        }
    }

    @Test
    void sendsAGapAfterAnUnknownId() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse"), "Last-Event-ID", "another-1")) {
            Map<String, String> gap = stream.next("event");
            assertEquals("gap", gap.get("event"));
            assertTrue(gap.get("data").startsWith("{\"requested\":\"another-1\""), gap::toString);
        }
    }

    @Test
    void endsTheSubscriptionOfADisconnectedClient() throws Exception {
        awaitSubscriptions(0);
        HttpEventStream stream = new HttpEventStream(base.resolve("sse"));
        stream.next("data");
        assertEquals(1, subscriptions());

        stream.close();
        awaitSubscriptions(0);
    }

    private void awaitSubscriptions(int expected) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        while (subscriptions() != expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(expected, subscriptions());
    }

    @Test
    void isReadByJerseysEventSourceAndYasson() throws Exception {
        BlockingQueue<RandomNumber> readings = new LinkedBlockingQueue<>();
        Client jersey = ClientBuilder.newClient();
        try (SseEventSource source =
                SseEventSource.target(jersey.target(base.resolve("sse"))).build()) {
            source.register(event -> readings.add(event.readData(RandomNumber.class, MediaType.APPLICATION_JSON_TYPE)));
            source.open();
            RandomNumber first = readings.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            RandomNumber second = readings.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(first != null && second != null && first.timestamp() < second.timestamp());
        } finally {
            jersey.close();
        }
    }

    @Test
    void respondsToHeadWithoutASubscription() throws Exception {
        int before = subscriptions();
        HttpResponse<String> response = send("HEAD", "sse", "text/event-stream");
        assertEquals(200, response.statusCode());
        assertEquals("text/event-stream", header(response, "Content-Type"));
        assertEquals(before, subscriptions());
    }

    @Test
    void sendsItsExactContentTypeForAnyAccept() throws Exception {
        try (HttpEventStream stream =
                new HttpEventStream(base.resolve("sse"), "Accept", "text/event-stream;charset=x")) {
            assertEquals("text/event-stream", header(stream.response(), "Content-Type"));
        }
    }

    @Test
    void repeatsTheDecodedIdOfTheQuery() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse?lastEventId=%E2%82%AC%F0%9F%98%80"))) {
            String gap = stream.next("event").get("data");
            assertTrue(gap.startsWith("{\"requested\":\"\\u20ac\\ud83d\\ude00\""), gap);
        }
    }

    private int subscriptions() throws Exception {
        return Integer.parseInt(send("GET", "probe", "*/*").body());
    }

    private HttpResponse<String> send(String method, String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", accept)
                .timeout(HttpEventStream.DEADLINE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
