package dev.courant.it.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestDeadline;
import dev.courant.support.TestTokens;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Active subscriptions: their updates, their listing and their end. */
class SubscriptionsIT extends DeployedTestCase {

    private static final String ALL = "/courant/.well-known/mercure/subscriptions";

    private HubClient anyone;
    private HubClient watcher;

    @BeforeEach
    void clients() {
        anyone = new HubClient(base, null);
        watcher = new HubClient(base, TestTokens.create(List.of("subscribe", "kick"), ALL, ALL + "/*"));
    }

    @Test
    @Tag("colon-in-path")
    void publishesBeginAndEndOfEachSubscription() throws Exception {
        try (HttpEventStream watched = watcher.subscribe("match_urlpattern", ALL + "/:type/urn%3Acomes/:who")) {
            watched.next("retry");
            HubClient brief = new HubClient(
                    base,
                    TestTokens.createWithLifetime(
                            TestDeadline.of(Duration.ofSeconds(4)), List.of("subscribe"), "urn:x"));
            HttpEventStream stream = brief.subscribe("match", "urn:comes");
            stream.next("retry");
            Map<String, String> came = watched.next("data");
            assertEquals("mercure", came.get("event"));
            JsonObject document = json(came.get("data"));
            assertEquals("subscription", document.getString("type"));
            assertEquals("urn:comes", document.getString("match"));
            assertEquals("exact", document.getString("match_type"));
            assertTrue(document.getBoolean("active"));
            assertEquals(document, json(get(document.getString("id")).body()));

            assertEquals("someone", document.getString("sub"));
            stream.rest(); // ends when its token expires
            assertFalse(json(watched.next("data").get("data")).getBoolean("active"));
            assertEquals(404, get(document.getString("id")).statusCode());
        }
    }

    @Test
    void listsStreamsOfSse() throws Exception {
        String token = TestTokens.create(List.of("subscribe"), "*");
        URI hub = base.resolve("sse?topic=other-door-1&topic=other-door-2");
        try (HttpEventStream watched = watcher.subscribe("match_urlpattern", ALL + "/exact/:topic/:who")) {
            watched.next("retry");
            HttpEventStream stream = new HttpEventStream(hub, "Authorization", "Bearer " + token);
            stream.next("retry");
            for (String topic : List.of("other-door-1", "other-door-2")) {
                JsonObject came = json(
                        watched.next(block -> block.getOrDefault("data", "").contains(topic + '"'))
                                .get("data"));
                assertTrue(came.getBoolean("active"));
                assertEquals("exact", came.getString("match_type"));
                assertEquals("someone", came.getString("sub"));
                JsonObject listed = json(get(ALL + "/exact/" + topic).body());
                assertEquals(List.of(came), listed.getJsonArray("subscriptions"));
            }
            stream.close();
            assertFalse(json(watched.next("data").get("data")).getBoolean("active"));
        }
    }

    @Test
    void listsStreamsOfTheDefaultTopic() throws Exception {
        try (HttpEventStream stream = new HttpEventStream(base.resolve("sse"))) {
            stream.next("retry");
            JsonObject listed = json(get(ALL + "/exact/numbers").body());
            JsonObject one = listed.getJsonArray("subscriptions").getJsonObject(0);
            assertEquals("numbers", one.getString("match"));
            assertFalse(one.containsKey("sub"), "it has no token");
        }
    }

    @Test
    @Tag("colon-in-path")
    void listsSubscriptionsInPages() throws Exception {
        HubClient reader = new HubClient(base, TestTokens.create(List.of("subscribe"), "*"));
        try (HttpEventStream one = reader.subscribe("match", "urn:listed", "match_urlpattern", "urn:listed-:x");
                HttpEventStream two = reader.subscribe("match", "urn:listed")) {
            one.next("retry");
            two.next("retry");
            HttpResponse<String> answer = get(ALL + "/exact/urn%3Alisted?limit=1");
            JsonObject first = json(answer.body());
            assertEquals("subscriptions", first.getString("type"));
            assertEquals(ALL + "/exact/urn%3Alisted", first.getString("id"));
            assertEquals(1, first.getJsonArray("subscriptions").size());
            JsonObject second = json(get(first.getString("next")).body());
            assertEquals(1, second.getJsonArray("subscriptions").size());
            assertFalse(second.containsKey("next"));
            JsonObject subscription = second.getJsonArray("subscriptions").getJsonObject(0);
            assertEquals(Json.createObjectBuilder().add("desk", 7).build(), subscription.getJsonObject("payload"));

            assertEquals(
                    "application/json",
                    answer.headers().firstValue("Content-Type").orElse(""));
            String link = answer.headers().firstValue("Link").orElse("");
            assertTrue(
                    link.matches("<" + TestTokens.AUDIENCE + ">; rel=\"mercure\"; last-event-id=\"#[^\"]+\";"
                            + " type=\"mercure\"; content-type=\"application/json\""),
                    link);
            assertTrue(get(ALL).body().contains("urn:listed-:x"));
        }
    }

    @Test
    @Tag("colon-in-path")
    void endsStreamAndRevokesItsToken() throws Exception {
        HubClient unwanted = new HubClient(base, TestTokens.create(List.of("subscribe"), "urn:unwanted"));
        HttpEventStream stream = unwanted.subscribe("match", "urn:unwanted");
        HttpEventStream another = unwanted.subscribe("match", "urn:unwanted-else");
        stream.next("retry");
        another.next("retry");
        String id = json(get(ALL + "/exact/urn%3Aunwanted").body())
                .getJsonArray("subscriptions")
                .getJsonObject(0)
                .getString("id");
        HubClient reader = new HubClient(base, TestTokens.create(List.of("subscribe"), "*"));
        assertEquals(403, reader.send("DELETE", local(id)).statusCode());
        assertEquals(401, anyone.send("DELETE", local(id)).statusCode());

        assertEquals(204, watcher.send("DELETE", local(id)).statusCode());
        assertEquals(List.of(), stream.rest());
        assertEquals(List.of(), another.rest(), "the other stream of the same token");
        try (HttpEventStream refused = unwanted.subscribe("match", "urn:unwanted")) {
            assertEquals(401, refused.response().statusCode());
        }
        assertEquals(404, watcher.send("DELETE", local(id)).statusCode());
    }

    @Test
    void hidesSubscriptionsFromOthers() throws Exception {
        assertEquals(401, anyone.send("GET", local(ALL)).statusCode());
        HubClient reader = new HubClient(base, TestTokens.create(List.of("subscribe"), "urn:something"));
        assertEquals(403, reader.send("GET", local(ALL)).statusCode());
        assertEquals(404, watcher.send("GET", local(ALL + "/exact")).statusCode());
        assertEquals(404, watcher.send("GET", local(ALL + "/exact/a/b/c")).statusCode());
    }

    private HttpResponse<String> get(String id) throws Exception {
        return watcher.send("GET", local(id));
    }

    /** Converts a public URL or path to the address of the server under test. */
    private URI local(String id) {
        return URI.create(base.toString() + id.substring("/courant/".length()));
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
