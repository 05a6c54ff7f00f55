package dev.courant.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.brokers.TestCluster;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Tests a node that starts before its brokers, and that survives their outage. */
@TestMethodOrder(OrderAnnotation.class)
class BeforeKafkaIT {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestCluster brokers;
    private static CourantProcess courant;

    @BeforeAll
    static void start() throws Exception {
        brokers = TestCluster.prepare(1);
        courant = CourantProcess.start(
                FreePorts.free(),
                List.of(
                        "-Dcourant.kafka.bootstrap-servers=" + brokers.bootstrapServers(),
                        "-Dcourant.publish.anonymous=*"));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            if (courant != null) { // it may not have started
                courant.close();
            }
        } finally {
            brokers.close();
        }
    }

    @Test
    @Order(1)
    void returnsRetryAfterToPrograms() throws Exception {
        for (String path : List.of("sse", "sse/a", ".well-known/mercure?match=a")) {
            HttpResponse<String> response = send(requestTo(path));
            assertEquals(503, response.statusCode(), path);
            assertEquals(
                    "application/problem+json",
                    response.headers().firstValue("Content-Type").orElse(""));
            assertTrue(response.headers().firstValue("Retry-After").isPresent(), path);
        }
        HttpResponse<String> published = publish("x");
        assertEquals(503, published.statusCode());
        assertTrue(published.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    @Order(2)
    void endsTheStreamsOfBrowsersSoThatTheyReconnect() throws Exception {
        HttpResponse<String> response = send(requestTo("sse").header("User-Agent", "Mozilla/5.0 (any)"));

        assertEquals(200, response.statusCode());
        assertTrue(response.body().matches("retry: [0-9]{4,5}\n\n"), response::body);
    }

    @Test
    @Order(3)
    void isNotReadyUntilTheBrokersStart() throws Exception {
        assertEquals(503, send(requestTo("ops/health/ready")).statusCode());
        assertEquals(200, send(requestTo("ops/health/live")).statusCode());

        brokers.startAll();
        awaitReady();
        assertEquals(201, publish("x").statusCode());
    }

    @Test
    @Order(4)
    void keepsStreamsOpenDuringAnOutageOfTheBrokers() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(courant.uri().resolve("sse/a"))) {
            stream.next("retry");
            brokers.leader("courant").network().disconnect();
            HttpResponse<String> rejected = publish("event 1");
            assertEquals(503, rejected.statusCode(), rejected::body);
            assertTrue(rejected.headers().firstValue("Retry-After").isPresent());
            assertTrue(rejected.body().contains("Kafka"), rejected.body());
            brokers.leader("courant").network().restore();
            awaitReady();

            publishAgainUntilStored("event 2");
            String next = stream.next("data").get("data");
            // An event that was not acknowledged may be stored nevertheless.
            assertEquals("event 2", next.equals("event 1") ? stream.next("data").get("data") : next);
        }
    }

    /** Repeats the publication: on a busy machine the producer may reconnect later than the timeout of an event. */
    private static void publishAgainUntilStored(String data) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        HttpResponse<String> response = publish(data);
        while (response.statusCode() == 503 && System.nanoTime() < deadline) {
            response = publish(data);
        }
        assertEquals(201, response.statusCode(), response::body);
    }

    private static HttpResponse<String> publish(String data) throws Exception {
        return send(requestTo("sse/a").POST(BodyPublishers.ofString(data)));
    }

    private static void awaitReady() throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        while (send(requestTo("ops/health/ready")).statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "the node did not become ready in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static HttpRequest.Builder requestTo(String path) {
        return HttpRequest.newBuilder(courant.uri().resolve(path)).timeout(HttpEventStream.DEADLINE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
