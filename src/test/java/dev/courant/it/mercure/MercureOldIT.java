package dev.courant.it.mercure;

import static dev.courant.support.HubClient.header;
import static dev.courant.support.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestTokens;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Mercure protocol 0.x, with the application at the root of its host. */
class MercureOldIT {

    private static final String ALL = "/.well-known/mercure/subscriptions";

    private static CourantProcess courant;
    private static HubClient anyone;
    private static HubClient publisher;

    @BeforeAll
    static void start() throws Exception {
        courant = CourantProcess.start(
                FreePorts.free(),
                List.of(
                        "-Dcourant.mercure.dialect=0.x",
                        "-Dcourant.mercure.token-in-query=true",
                        "-Dcourant.mercure.subscriptions=true",
                        "-Dcourant.jwt.key=" + TestTokens.KEY));
        anyone = new HubClient(courant.uri(), null);
        publisher = holding("{\"publish\":[\"*\"]}");
    }

    @AfterAll
    static void stop() throws Exception {
        courant.close();
    }

    private static HubClient holding(String claim) {
        return new HubClient(courant.uri(), TestTokens.createForVersion0(claim));
    }

    private static HubClient reader(String... selectors) {
        return holding(
                "{\"subscribe\":" + Json.createArrayBuilder(List.of(selectors)).build() + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/{id}, https://example.com/1",
        "https://example.com/{id}, https://example.com/{id}",
        "plain, plain",
        "*, anything",
        "{unclosed, {unclosed"
    })
    void deliversSelectedTopics(String selector, String topic) throws Exception {
        try (HttpEventStream stream = anyone.subscribe("topic", "urn:else", "topic", selector)) {
            stream.next("retry");
            HttpResponse<String> answer = publisher.publish("topic", "urn:canonical", "topic", topic, "data", "it");
            assertEquals(200, answer.statusCode());
            assertEquals(Map.of("id", answer.body(), "data", "it"), stream.next("data"));
        }
    }

    @ParameterizedTest
    @CsvSource({"https://example.com/{id}, https://example.com/1/2", "plain, Plain", "/plain, https://a.example/plain"})
    void doesNotDeliverOtherTopics(String selector, String other) throws Exception {
        try (HttpEventStream stream = anyone.subscribe("topic", selector, "topic", "urn:end")) {
            stream.next("retry");
            publisher.publish("topic", other, "data", "other");
            publisher.publish("topic", "urn:end", "data", "end");
            assertEquals("end", stream.next("data").get("data"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"publish\":[\"urn:a\",\"urn:b\"]}; 200",
                "{\"publish\":[\"urn:{x}\"]}; 200",
                "{\"publish\":[\"urn:a\"]}; 403",
                "{\"publish\":[]}; 403",
                "{}; 403",
                "{\"subscribe\":[\"*\"]}; 403",
                "{\"publish\":\"*\"}; 401"
            })
    void publishesOnlyIfEachTopicIsGranted(String claim, int status) throws Exception {
        assertEquals(
                status,
                holding(claim).publish("topic", "urn:a", "topic", "urn:b").statusCode());
    }

    @Test
    void readsTokenFromHeaderThenQueryThenCookie() throws Exception {
        String good = TestTokens.createForVersion0("{\"publish\":[\"*\"]}");
        String cookie = "mercureAuthorization=";
        String page = courant.uri().resolve("/").toString().replaceFirst("/$", "");
        assertEquals(401, published());
        assertEquals(401, published("Authorization", "Bearer x", "Cookie", cookie + good));
        assertEquals(200, published("Authorization", "Bearer " + good, "Cookie", cookie + "x"));
        assertEquals(200, published("Origin", page, "Cookie", cookie + good));
        assertEquals(400, postedNothing("?authorization=" + good));
        assertEquals(400, postedNothing("?authorization=" + good, "Cookie", cookie + "x"));
        assertEquals(401, postedNothing("?authorization=x", "Cookie", cookie + good));
        assertEquals(400, postedNothing("?authorization=x", "Authorization", "Bearer " + good));
    }

    private static int published(String... headers) throws Exception {
        return anyone.publish(headers, "topic=urn:order").statusCode();
    }

    /** Posts an empty form. It is rejected for the missing topic if the client may publish. */
    private static int postedNothing(String query, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        return anyone.send("POST", URI.create(anyone.hub + query), all.toArray(String[]::new))
                .statusCode();
    }

    @Test
    void readsPrivateUpdatesByAlternateTopic() throws Exception {
        HubClient foo = reader("https://example.com/users/foo/{?topic}");
        String book = "https://example.com/books/1";
        String before = publisher.publish("topic", book, "data", "0").body();
        publisher.publish("topic", book, "data", "not for foo", "private", "");
        publisher.publish(
                "topic",
                book,
                "topic",
                "https://example.com/users/foo/?topic=https%3A%2F%2Fexample.com%2Fbooks%2F1",
                "data",
                "for foo",
                "private",
                "on");
        publisher.publish("topic", book, "data", "for all");
        try (HttpEventStream stream = foo.subscribe("topic", "https://example.com/books/{id}", "lastEventID", before);
                HttpEventStream anonymous = anyone.subscribe("topic", book, "lastEventID", before)) {
            assertEquals("for foo", stream.next("data").get("data"));
            assertEquals("for all", stream.next("data").get("data"));
            assertEquals("for all", anonymous.next("data").get("data"));
        }
    }

    @Test
    void endsStreamWhenTokenExpires() throws Exception {
        String token = TestTokens.sign(Json.createObjectBuilder()
                .add("exp", Instant.now().getEpochSecond() + 4)
                .add("mercure", Json.createObjectBuilder())
                .build());
        try (HttpEventStream stream = new HubClient(courant.uri(), token).subscribe("topic", "urn:brief")) {
            assertEquals(200, stream.response().statusCode());
            assertEquals("token-expiring", stream.next("data").get("event"));
            assertEquals(List.of(), stream.rest());
        }
    }

    @Test
    void returnsLastEventIdHeader() throws Exception {
        String first = publisher.publish("topic", "urn:old:resume", "data", "1").body();
        String second =
                publisher.publish("topic", "urn:old:resume", "data", "2").body();
        publisher.publish("topic", "urn:old:resume", "data", "3");
        String[] header = {"Last-Event-ID", second};
        try (HttpEventStream query = anyone.subscribe("topic", "urn:old:resume", "lastEventID", first);
                HttpEventStream both = anyone.subscribe(header, "topic", "urn:old:resume", "lastEventID", first);
                HttpEventStream earliest = anyone.subscribe("topic", "urn:old:resume", "lastEventID", "earliest");
                HttpEventStream unknown = anyone.subscribe("topic", "urn:old:resume", "lastEventID", "urn:nobody");
                HttpEventStream fresh = anyone.subscribe("topic", "urn:old:resume")) {
            assertEquals(first, header(query.response(), "Last-Event-ID"));
            assertEquals(second, header(both.response(), "Last-Event-ID"));
            assertEquals("earliest", header(earliest.response(), "Last-Event-ID"));
            assertEquals("earliest", header(unknown.response(), "Last-Event-ID"));
            assertEquals("", header(fresh.response(), "Last-Event-ID"));
            assertEquals("2", query.next("data").get("data"));
            assertEquals("3", both.next("data").get("data"));
            assertEquals("1", earliest.next("data").get("data"));
        }
    }

    @Test
    void describesSubscriptionsAsJsonLd() throws Exception {
        String matcher = ALL + "/https%3A%2F%2Fold.example%2F%7Bid%7D";
        String any = "[\"" + ALL + "{/topic}{/subscriber}\"]";
        HubClient watcher = holding("{\"subscribe\":" + any + ",\"kick\":" + any + "}");
        HubClient reader = holding("{\"payload\":{\"desk\":7}}");
        try (HttpEventStream watched = watcher.subscribe("topic", matcher + "{/subscriber}")) {
            watched.next("retry");
            HttpEventStream stream = reader.subscribe("topic", "https://old.example/{id}");
            stream.next("retry");
            Map<String, String> event = watched.next("data");
            JsonObject document = TestTokens.parse(event.get("data"));
            assertFalse(event.containsKey("event"));
            assertEquals(
                    TestTokens.parse("{\"@context\":\"https://mercure.rocks/\",\"id\":\"" + document.getString("id")
                            + "\",\"type\":\"Subscription\",\"topic\":\"https://old.example/{id}\",\"subscriber\":\""
                            + document.getString("subscriber") + "\",\"active\":true,\"payload\":{\"desk\":7}}"),
                    document);
            assertTrue(document.getString("id").startsWith(matcher + "/urn%3Auuid%3A"));

            for (String address : List.of(ALL, matcher)) {
                HttpResponse<String> answer = watcher.get(address);
                JsonObject several = TestTokens.parse(answer.body());
                assertEquals("application/ld+json", header(answer, "Content-Type"));
                assertEquals("https://mercure.rocks/", several.getString("@context"));
                assertEquals(address, several.getString("id"));
                assertEquals("Subscriptions", several.getString("type"));
                assertTrue(several.getString("lastEventID").startsWith("#"));
                assertTrue(several.getJsonArray("subscriptions").contains(document));
                assertFalse(
                        header(answer, "Link").contains(" type="),
                        "version 0.x defines no event type for subscriptions");
            }
            URI one = anyone.hub.resolve(document.getString("id"));
            HttpResponse<String> alone = watcher.send("GET", one);
            assertTrue(TestTokens.parse(alone.body()).getString("lastEventID").startsWith("#"));
            assertEquals(401, anyone.get(ALL).statusCode());
            assertEquals(403, reader("urn:a").get(ALL).statusCode());
            assertEquals(403, reader("*").send("DELETE", one).statusCode());
            assertEquals(204, watcher.send("DELETE", one).statusCode());
            assertEquals(List.of(), stream.rest());
            assertFalse(TestTokens.parse(watched.next("data").get("data")).getBoolean("active"));
            assertEquals(404, watcher.send("GET", one).statusCode());
        }
    }

    @Test
    void linksHubAndPublishesNoMetadata() throws Exception {
        assertEquals("</.well-known/mercure>; rel=\"mercure\"", header(anyone.get("/"), "Link"));
        refused(404, anyone.get("/.well-known/oauth-protected-resource/.well-known/mercure"));
        assertEquals("Bearer realm=\"hub\"", header(anyone.publish("topic", "urn:a"), "WWW-Authenticate"));
    }
}
