package dev.courant.it.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestTokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mercure, "Reconciliation": the position at which a stream resumes, and the events that it replays. */
class MercureResumeIT extends DeployedTestCase {

    private HubClient anyone;
    private HubClient publisher;

    @BeforeEach
    void clients() {
        anyone = new HubClient(base, null);
        publisher = new HubClient(base, TestTokens.create(List.of("publish"), "*"));
    }

    @Test
    void startsAtTheNewestEventWithoutId() throws Exception {
        publisher.publish("topic", "urn:resume:new", "data", "old");
        try (HttpEventStream stream = anyone.subscribe("match", "urn:resume:new")) {
            stream.next("retry");
            publisher.publish("topic", "urn:resume:new", "data", "new");
            assertEquals("none", resumes(stream));
            assertEquals("new", stream.next("data").get("data"));
        }
    }

    @Test
    void resumesAfterPublisherIdAndIdOfAnotherTopic() throws Exception {
        publisher.publish("topic", "urn:resume:other", "id", "urn:resume:own", "data", "0");
        publisher.publish("topic", "urn:resume:a", "data", "1");
        publisher.publish("topic", "urn:resume:b", "topic", "urn:resume:a", "data", "2");
        try (HttpEventStream query = anyone.subscribe("match", "urn:resume:a", "last_event_id", "urn:resume:own");
                HttpEventStream header =
                        anyone.subscribe(new String[] {"Last-Event-ID", "urn:resume:own"}, "match", "urn:resume:a")) {
            for (HttpEventStream stream : List.of(query, header)) {
                assertEquals("urn:resume:own", resumes(stream));
                assertEquals("1", stream.next("data").get("data"));
                assertEquals("2", stream.next("data").get("data"));
            }
        }
    }

    @Test
    void sendsGapAndRetainedEventsForUnknownId() throws Exception {
        publisher.publish("topic", "urn:resume:unknown", "data", "after");
        publisher.publish("topic", "urn:resume:private", "id", "urn:resume:secret", "data", "0", "private", "on");
        for (String id : List.of("urn:resume:nobody", "urn:resume:secret", "#other-3", "#", "\u00e9")) {
            try (HttpEventStream stream = anyone.subscribe("match", "urn:resume:unknown", "last_event_id", id)) {
                assertEquals("earliest", resumes(stream));
                Map<String, String> gap = stream.next("data");
                assertEquals("gap", gap.get("event"));
                assertEquals("after", stream.next("data").get("data"), "the retained event");
                publisher.publish("topic", "urn:resume:unknown", "data", "after");
                assertEquals("after", stream.next("data").get("data"));
            }
        }
    }

    @Test
    void resumesAfterTheEarliestEventOfADuplicateId() throws Exception {
        for (String data : List.of("1", "2", "3")) {
            publisher.publish("topic", "urn:resume:twice", "id", "urn:resume:same", "data", data);
        }
        try (HttpEventStream stream =
                anyone.subscribe("match", "urn:resume:twice", "last_event_id", "urn:resume:same")) {
            assertEquals("urn:resume:same", resumes(stream));
            assertEquals(Map.of("id", "urn:resume:same", "data", "2"), stream.next("data"));
            assertEquals(Map.of("id", "urn:resume:same", "data", "3"), stream.next("data"));
        }
    }

    @Test
    void sendsAllRetainedEventsForEarliest() throws Exception {
        publisher.publish("topic", "urn:resume:all", "data", "1");
        publisher.publish("topic", "urn:resume:all", "data", "2");
        try (HttpEventStream query = anyone.subscribe("match", "urn:resume:all", "last_event_id", "earliest");
                HttpEventStream header =
                        anyone.subscribe(new String[] {"Last-Event-ID", "earliest"}, "match", "urn:resume:all")) {
            for (HttpEventStream stream : List.of(query, header)) {
                assertEquals("earliest", resumes(stream));
                assertEquals("1", stream.next("data").get("data"));
                assertEquals("2", stream.next("data").get("data"));
            }
        }
    }

    @Test
    void returnsEarliestIfNoEventPrecedes() throws Exception {
        try (HttpEventStream stream = anyone.subscribe("match", "urn:resume:empty", "last_event_id", "earliest")) {
            assertEquals("earliest", resumes(stream));
            publisher.publish("topic", "urn:resume:empty", "data", "first");
            assertEquals("first", stream.next("data").get("data"));
        }
    }

    @Test
    void returnsEarliestForEmptyId() throws Exception {
        try (HttpEventStream stream = anyone.subscribe("match", "urn:resume:empty-id", "last_event_id", "")) {
            assertEquals("earliest", resumes(stream));
            stream.next("retry");
            publisher.publish("topic", "urn:resume:empty-id", "data", "new");
            assertEquals(null, stream.next("data").get("event"), "no event is missing");
        }
    }

    @Test
    void prefersHeaderToParameter() throws Exception {
        String first =
                publisher.publish("topic", "urn:resume:both", "data", "1").body();
        String second =
                publisher.publish("topic", "urn:resume:both", "data", "2").body();
        publisher.publish("topic", "urn:resume:both", "data", "3");
        try (HttpEventStream stream = anyone.subscribe(
                new String[] {"Last-Event-ID", second}, "match", "urn:resume:both", "last_event_id", first)) {
            assertEquals(second, resumes(stream));
            assertEquals("3", stream.next("data").get("data"));
        }
    }

    @Test
    void replaysPrivateUpdatesOnlyIfStillGranted() throws Exception {
        String topic = "https://example.com/resume/private";
        HubClient wide = new HubClient(base, TestTokens.create(List.of("subscribe"), "https://example.com/resume/*"));
        HubClient narrow = new HubClient(base, TestTokens.create(List.of("subscribe"), "https://example.com/narrow"));
        HubClient publisherOnly = new HubClient(base, TestTokens.create(List.of("publish"), "*"));
        String before = publisher.publish("topic", topic, "data", "0").body();
        publisher.publish("topic", topic, "data", "secret", "private", "on");
        publisher.publish("topic", topic, "topic", "https://example.com/narrow", "data", "shared", "private", "on");
        publisher.publish("topic", topic, "data", "public");
        try (HttpEventStream all = wide.subscribe("match", topic, "last_event_id", before);
                HttpEventStream some = narrow.subscribe("match", topic, "last_event_id", before);
                HttpEventStream none = publisherOnly.subscribe("match", topic, "last_event_id", before);
                HttpEventStream anonymous = anyone.subscribe("match", topic, "last_event_id", "earliest")) {
            assertEquals("secret", all.next("data").get("data"));
            assertEquals("shared", all.next("data").get("data"));
            assertEquals("shared", some.next("data").get("data"));
            assertEquals("public", some.next("data").get("data"));
            assertEquals("public", none.next("data").get("data"));
            assertEquals("0", anonymous.next("data").get("data"));
            assertEquals("public", anonymous.next("data").get("data"));
        }
    }

    @Test
    void sendsResumableIdWithEachEvent() throws Exception {
        String last;
        try (HttpEventStream stream = anyone.subscribe("match", "urn:resume:chain")) {
            stream.next("retry");
            publisher.publish("topic", "urn:resume:chain", "data", "1");
            last = stream.next("data").get("id");
            assertTrue(last.startsWith("#"), last);
        }
        publisher.publish("topic", "urn:resume:chain", "data", "2");
        try (HttpEventStream stream =
                anyone.subscribe(new String[] {"Last-Event-ID", last}, "match", "urn:resume:chain")) {
            assertEquals("2", stream.next("data").get("data"));
        }
    }

    private static String resumes(HttpEventStream stream) {
        assertEquals(200, stream.response().statusCode());
        return stream.response().headers().firstValue("Mercure-Last-Event-ID").orElse("none");
    }
}
