package dev.courant.it.mercure;

import static dev.courant.support.Refusals.challenged;
import static dev.courant.support.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestTokens;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mercure, "Active Subscriptions": paths, documents, and the grants that reading them requires. */
class SubscriptionDocumentsIT extends DeployedTestCase {

    private static final String ALL = "/courant/.well-known/mercure/subscriptions";

    private HubClient anyone;
    private HubClient watcher;

    @BeforeEach
    void clients() {
        anyone = new HubClient(base, null);
        watcher = new HubClient(base, TestTokens.create(List.of("subscribe"), ALL + "*"));
    }

    @Test
    @Tag("colon-in-path")
    @Tag("slash-in-path")
    void attachesPayloadOfTheFirstMatchingDetail() throws Exception {
        HubClient paying = new HubClient(
                base,
                TestTokens.createWithDetails("[" + detail("publish", "{\"match\":\"*\"}", 0) + ","
                        + detail("subscribe", "{\"match\":\"urn:pay:1\"}", 1) + ","
                        + detail(
                                "subscribe", "{\"match\":\"https://pay.example/:id\",\"match_type\":\"urlpattern\"}", 2)
                        + ","
                        + detail("subscribe", "{\"match\":\"*\"}", 3) + "]"));
        try (HttpEventStream stream = paying.subscribe(
                "match", "urn:pay:1", "match_urlpattern", "https://pay.example/:id", "match", "urn:pay:2")) {
            stream.next("retry");
            assertEquals(1, payload("/exact/urn%3Apay%3A1"));
            assertEquals(2, payload("/urlpattern/https%3A%2F%2Fpay.example%2F%3Aid"));
            assertEquals(3, payload("/exact/urn%3Apay%3A2"));
        }
    }

    private int payload(String matcher) throws Exception {
        return json(get(watcher, ALL + matcher))
                .getJsonArray("subscriptions")
                .getJsonObject(0)
                .getJsonObject("payload")
                .getInt("number");
    }

    private static String detail(String action, String topic, int payload) {
        return "{\"type\":\"https://mercure.rocks/authorization-detail\",\"actions\":[\"" + action + "\"],\"topics\":["
                + topic + "],\"payload\":{\"number\":" + payload + "}}";
    }

    @Test
    @Tag("colon-in-path")
    @Tag("slash-in-path")
    void percentEncodesMatcherInPathOnce() throws Exception {
        String matcher = "https://example.com/a b/\u00e9?x=%2F&y=+~-._";
        String address = ALL + "/exact/https%3A%2F%2Fexample.com%2Fa%20b%2F%C3%A9%3Fx%3D%252F%26y%3D%2B~-._";
        try (HttpEventStream stream = anyone.subscribe("match", matcher)) {
            stream.next("retry");
            JsonObject several = json(get(watcher, address));
            assertEquals(address, several.getString("id"));
            JsonObject one = several.getJsonArray("subscriptions").getJsonObject(0);
            assertEquals(matcher, one.getString("match"));
            assertTrue(one.getString("id").matches("\\Q" + address + "\\E/urn%3Auuid%3A[0-9a-f-]{36}"));
            assertEquals(one, json(get(watcher, one.getString("id"))));
        }
    }

    @Test
    @Tag("colon-in-path")
    void generatesSubscriberNameForEachConnection() throws Exception {
        HubClient reader = new HubClient(base, TestTokens.create(List.of("subscribe"), "urn:x"));
        String[] forged = {"match", "urn:named:1", "match", "urn:named:2", "subscriber", "urn:uuid:forged"};
        try (HttpEventStream one = reader.subscribe(forged);
                HttpEventStream two = reader.subscribe("match", "urn:named:2")) {
            one.next("retry");
            two.next("retry");
            String first = subscriber(0, "/exact/urn%3Anamed%3A1");
            List<String> both =
                    List.of(subscriber(0, "/exact/urn%3Anamed%3A2"), subscriber(1, "/exact/urn%3Anamed%3A2"));
            assertTrue(both.contains(first), both + " has " + first);
            assertNotEquals(both.get(0), both.get(1));
            assertTrue(first.matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        }
    }

    private String subscriber(int index, String matcher) throws Exception {
        return json(get(watcher, ALL + matcher))
                .getJsonArray("subscriptions")
                .getJsonObject(index)
                .getString("subscriber");
    }

    @Test
    @Tag("colon-in-path")
    void returnsSubscriptionsOnlyWithGrant() throws Exception {
        try (HttpEventStream may = watcher.subscribe("match_urlpattern", ALL + "/exact/urn%3Aseen/:who");
                HttpEventStream anonymous = anyone.subscribe("match", "*")) {
            may.next("retry");
            anonymous.next("retry");
            try (HttpEventStream seen = anyone.subscribe("match", "urn:seen")) {
                seen.next("retry");
                Map<String, String> event = may.next("data");
                JsonObject document = TestTokens.parse(event.get("data"));
                assertEquals("mercure", event.get("event"));
                assertTrue(event.containsKey("id"));
                assertTrue(document.getBoolean("active"));
                assertFalse(document.containsKey("payload"));
                assertEquals(document, json(get(watcher, document.getString("id"))));
                anyone.publish("topic", "test/seen", "data", "end");
                assertEquals(
                        "end",
                        anonymous
                                .next(block -> "end".equals(block.get("data")) || "mercure".equals(block.get("event")))
                                .get("data"));
            }
            assertFalse(TestTokens.parse(may.next("data").get("data")).getBoolean("active"));
        }
    }

    @Test
    @Tag("colon-in-path")
    void requiresGrantOnPathWithoutQuery() throws Exception {
        HubClient exact = new HubClient(
                base,
                TestTokens.createWithDetails(
                        "[" + detail("subscribe", "{\"match\":\"" + ALL + "/exact/urn%3Ag\"}", 1) + "]"));
        assertEquals(200, get(exact, ALL + "/exact/urn%3Ag").statusCode());
        assertEquals(200, get(exact, ALL + "/exact/urn%3Ag?limit=1").statusCode());
        challenged(403, "insufficient_scope", get(exact, ALL));
        challenged(403, "insufficient_scope", get(exact, ALL + "/exact/urn%3Ah"));
        challenged(403, "insufficient_scope", get(exact, ALL + "/exact/urn%3Ag/urn%3Auuid%3Ax"));
        challenged(401, "", get(anyone, ALL + "/exact/urn%3Ag"));
        HubClient every = new HubClient(base, TestTokens.create(List.of("subscribe"), "*"));
        assertEquals(200, get(every, ALL).statusCode());
        HubClient absolute = new HubClient(
                base, TestTokens.create(List.of("subscribe"), "https://hub.example" + ALL + "/:type/:match"));
        assertEquals(200, get(absolute, ALL + "/exact/urn%3Ag").statusCode());
        refused(404, get(every, ALL + "/exact/urn%3Ag/urn%3Auuid%3Ax"));
        refused(404, get(every, ALL + "/regexp"));
    }

    @Test
    void returnsLastEventIdInLink() throws Exception {
        anyone.publish("topic", "test/before", "data", "x");
        HttpResponse<String> answer = watcher.send("GET", local(ALL), "Origin", "https://page.example");
        String link = answer.headers().firstValue("Link").orElse("");
        String last = link.replaceFirst(".*last-event-id=\"([^\"]*)\".*", "$1");
        assertTrue(answer.headers()
                .firstValue("Access-Control-Expose-Headers")
                .orElse("")
                .contains("Link"));
        try (HttpEventStream comes = anyone.subscribe("match", "urn:follow")) {
            comes.next("retry");
            String pattern = ALL + "/:type/urn%3Afollow/:who";
            try (HttpEventStream watched = watcher.subscribe("match_urlpattern", pattern, "last_event_id", last)) {
                assertEquals(
                        last,
                        watched.response()
                                .headers()
                                .firstValue("Mercure-Last-Event-ID")
                                .orElse(""));
                assertEquals(
                        "urn:follow",
                        TestTokens.parse(watched.next("data").get("data")).getString("match"));
            }
        }
    }

    @Test
    void rejectsOtherMethodsAndLimits() throws Exception {
        refused(405, watcher.send("POST", local(ALL)));
        HttpResponse<String> head = watcher.send("HEAD", local(ALL));
        assertEquals(200, head.statusCode());
        assertTrue(head.headers().firstValue("Link").isPresent());
        for (String limit : List.of("0", "1001", "x", "")) {
            refused(400, get(watcher, ALL + "?limit=" + limit));
        }
    }

    private HttpResponse<String> get(HubClient client, String id) throws Exception {
        return client.send("GET", local(id));
    }

    /** Converts a public URL or path to the address of the server under test. */
    private URI local(String id) {
        return URI.create(base.toString() + id.substring("/courant/".length()));
    }

    private static JsonObject json(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElse(""));
        return TestTokens.parse(answer.body());
    }
}
