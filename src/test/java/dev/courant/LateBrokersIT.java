package dev.courant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.Brokers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A node that is there before the brokers, and stays while they are gone. */
class LateBrokersIT {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void refusesUntilTheBrokersAreThereAndKeepsStreamsWhileTheyAreGone() throws Exception {
        try (Brokers brokers = Brokers.prepare(1);
                Nodes nodes = Nodes.begin(brokers, 1)) {
            assertRefused(nodes.get(0, "ops/health/ready"));
            assertRefused(nodes.get(0, "sse/news"));
            assertRefused(nodes.get(0, ".well-known/mercure?match=news"));
            assertRefused(publish(nodes, "too early"));

            brokers.startAll();
            nodes.awaitReady(0);
            try (EventStream stream = new EventStream(nodes.uri(0).resolve("sse/news"))) {
                stream.next("retry");
                assertEquals(201, publish(nodes, "event 1").statusCode());
                assertEquals("event 1", stream.next("data").get("data"));

                brokers.leader("courant").network().refuse();
                HttpResponse<String> refused = publish(nodes, "event 2");
                assertRefused(refused);
                assertTrue(refused.body().contains("Kafka"), refused.body());
                brokers.leader("courant").network().restore();
                nodes.awaitReady(0);

                assertEquals(201, publish(nodes, "event 3").statusCode());
                String next = stream.next("data").get("data");
                // What was not acknowledged may be stored or not.
                assertEquals(
                        "event 3", next.equals("event 2") ? stream.next("data").get("data") : next);
            }
        }
    }

    private HttpResponse<String> publish(Nodes nodes, String data) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(nodes.uri(0).resolve("sse/news"))
                .timeout(EventStream.DEADLINE)
                .POST(BodyPublishers.ofString(data))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertEquals(503, response.statusCode(), response::body);
        assertTrue(response.headers().firstValue("Retry-After").isPresent(), "when to come back");
    }
}
