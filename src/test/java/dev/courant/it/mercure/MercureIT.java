package dev.courant.it.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.it.journal.PublishLoop;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestDeadline;
import dev.courant.support.TestTokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Mercure protocol together with {@code /sse}: one hub, one namespace of topics, one kind of token. */
class MercureIT extends DeployedTestCase {

    private HubClient anyone;
    private HubClient publisher;

    @BeforeEach
    void clients() {
        anyone = new HubClient(base, null);
        publisher = new HubClient(base, TestTokens.create(List.of("publish"), "*"));
    }

    @Test
    void deliversUpdateOnceToEachMatchingSubscriber() throws Exception {
        try (HttpEventStream both = anyone.subscribe(
                        "match", "https://example.com/once/1", "match_urlpattern", "https://example.com/once/:id");
                HttpEventStream alternate = anyone.subscribe("match", "urn:once:alternate");
                HttpEventStream other = anyone.subscribe("match_urlpattern", "https://example.com/other/:id")) {
            both.next("retry");
            alternate.next("retry");
            other.next("retry");
            HttpResponse<String> answer = publisher.publish(
                    "topic",
                    "https://example.com/once/1",
                    "topic",
                    "urn:once:alternate",
                    "data",
                    "one\r\ntwo",
                    "type",
                    "t",
                    "retry",
                    "7");
            publisher.publish(
                    "topic", "https://example.com/other/1", "topic", "https://example.com/once/2", "data", "x");

            assertEquals(200, answer.statusCode());
            assertEquals(
                    "text/plain;charset=utf-8",
                    answer.headers().firstValue("Content-Type").orElse("").replace(" ", ""));
            Map<String, String> event = Map.of("id", answer.body(), "event", "t", "retry", "7", "data", "one\ntwo");
            assertEquals(event, both.next("data"));
            assertEquals("x", both.next("data").get("data"));
            assertEquals(event, alternate.next("data"));
            assertEquals("x", other.next("data").get("data"));
        }
    }

    @Test
    void sharesTopicsWithSse() throws Exception {
        try (HttpEventStream mercure = anyone.subscribe("match", "test/doors");
                HttpEventStream sse = new HttpEventStream(base.resolve("sse?topic=test/doors"))) {
            mercure.next("retry");
            sse.next("retry");
            String first =
                    anyone.publish("topic", "test/doors", "data", "by the form").body();
            assertEquals(
                    201,
                    PublishLoop.post(
                            java.net.http.HttpClient.newHttpClient(), base.resolve("sse/test/doors"), "plain"));

            for (HttpEventStream stream : List.of(mercure, sse)) {
                assertEquals(Map.of("id", first, "data", "by the form"), stream.next("data"));
                assertEquals("plain", stream.next("data").get("data"));
            }
        }
    }

    @Test
    void deliversPrivateUpdatesOnlyWithGrant() throws Exception {
        String topic = "https://example.com/private/1";
        HubClient reader =
                new HubClient(base, TestTokens.create(List.of("subscribe"), "https://example.com/private/:id"));
        HubClient stranger =
                new HubClient(base, TestTokens.create(List.of("subscribe", "publish"), "https://example.com/x"));
        String before = publisher.publish("topic", topic, "data", "start").body();
        try (HttpEventStream read = reader.subscribe("match", topic);
                HttpEventStream not = stranger.subscribe("match", "*");
                HttpEventStream anonymous = anyone.subscribe("match_urlpattern", "https://example.com/private/*")) {
            read.next("retry");
            not.next("retry");
            anonymous.next("retry");
            publisher.publish("topic", topic, "data", "secret", "private", "");
            publisher.publish("topic", topic, "topic", "urn:private:end", "data", "end");

            assertEquals("secret", read.next("data").get("data"));
            assertEquals("end", read.next("data").get("data"));
            assertEquals(
                    "end",
                    not.next(block -> "end".equals(block.get("data")) || "secret".equals(block.get("data")))
                            .get("data"));
            assertEquals("end", anonymous.next("data").get("data"));
        }
        try (HttpEventStream read = reader.subscribe("match", topic, "last_event_id", before);
                HttpEventStream not = stranger.subscribe("match", topic, "last_event_id", before);
                HttpEventStream sse =
                        new HttpEventStream(base.resolve("sse?topic=" + topic), "Last-Event-ID", before)) {
            assertEquals("secret", read.next("data").get("data"));
            assertEquals("end", not.next("data").get("data"));
            assertEquals("end", sse.next("data").get("data"));
        }
    }

    @Test
    void readsPrivateEventsOfSseWithTheSameToken() throws Exception {
        String token = TestTokens.create(List.of("subscribe"), "*");
        try (HttpEventStream stream =
                new HttpEventStream(base.resolve("sse/test/private"), "Authorization", "Bearer " + token)) {
            stream.next("retry");
            publisher.publish("topic", "test/private", "data", "secret", "private", "on");
            assertEquals("secret", stream.next("data").get("data"));
        }
    }

    @Test
    void returnsLastEventIdHeader() throws Exception {
        String id = publisher.publish("topic", "urn:resume:1", "data", "one").body();
        publisher.publish("topic", "urn:resume:1", "data", "two");
        try (HttpEventStream known = anyone.subscribe("match", "urn:resume:1", "last_event_id", id);
                HttpEventStream header = anyone.subscribe(
                        new String[] {"Last-Event-ID", id}, "match", "urn:resume:1", "last_event_id", "nothing");
                HttpEventStream unknown = anyone.subscribe("match", "urn:resume:1", "last_event_id", "nothing");
                HttpEventStream earliest = anyone.subscribe("match", "urn:resume:1", "last_event_id", "earliest");
                HttpEventStream fresh = anyone.subscribe("match", "urn:resume:1")) {
            assertEquals(id, resumes(known));
            assertEquals(id, resumes(header));
            assertEquals("earliest", resumes(unknown));
            assertEquals("earliest", resumes(earliest));
            assertEquals("", resumes(fresh));
            assertEquals("two", known.next("data").get("data"));
            assertEquals("two", header.next("data").get("data"));
            assertEquals("gap", unknown.next("data").get("event"));
            assertEquals("one", earliest.next("data").get("data"));
        }
    }

    @Test
    void endsStreamWhenTokenExpires() throws Exception {
        Instant started = Instant.now();
        Duration lifetime = TestDeadline.of(Duration.ofSeconds(3));
        HubClient brief = new HubClient(base, TestTokens.createWithLifetime(lifetime, List.of("subscribe"), "*"));
        try (HttpEventStream mercure = brief.subscribe("match", "urn:brief");
                HttpEventStream sse = new HttpEventStream(
                        base.resolve("sse/test/brief"),
                        "Authorization",
                        "Bearer " + TestTokens.createWithLifetime(lifetime, List.of("subscribe"), "*"))) {
            for (HttpEventStream stream : List.of(mercure, sse)) {
                assertEquals("token-expiring", stream.next("data").get("event"));
                assertEquals(List.of(), stream.rest());
            }
        }
        assertTrue(Duration.between(started, Instant.now()).toMillis() >= 1000, "it ended too early");
        int status;
        do { // The stream ends slightly before the token.
            status = brief.publish("topic", "urn:brief").statusCode();
        } while (status == 403 && Instant.now().isBefore(started.plus(HttpEventStream.DEADLINE)));
        assertEquals(401, status);
    }

    private static String resumes(HttpEventStream stream) {
        assertEquals(200, stream.response().statusCode());
        return stream.response().headers().firstValue("Mercure-Last-Event-ID").orElse("");
    }
}
