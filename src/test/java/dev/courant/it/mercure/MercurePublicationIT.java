package dev.courant.it.mercure;

import static dev.courant.support.Refusals.challenged;
import static dev.courant.support.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestTokens;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's section "Publication", field by field. The hub is at https://hub.example/courant here. */
class MercurePublicationIT extends DeployedTestCase {

    private HubClient anyone;
    private HubClient publisher;

    @BeforeEach
    void clients() {
        anyone = new HubClient(base, null);
        publisher = new HubClient(base, TestTokens.create(List.of("publish"), "*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data=x",
                "topic=",
                "topic=*",
                "topic=urn:a&topic=*",
                "topic=a%0Ab",
                "topic=a%7Fb",
                "topic=a%C2%85b",
                "topic=a%E2%80%8Bb",
                "topic=a%E0%A2%90b",
                "topic=a%F0%93%90%BFb",
                "topic=a%FF",
                "topic=urn:a&data=%FF",
                "topic=urn:a&id=%23x",
                "topic=urn:a&id=earliest",
                "topic=urn:a&id=a%0Ab",
                "topic=urn:a&id=a%C2%85b",
                "topic=urn:a&id=a%E2%80%8Bb",
                "topic=urn:a&id=a%E0%A2%90b",
                "topic=urn:a&type=a%0Db",
                "topic=urn:a&type=a%E2%80%8Bb",
                "topic=urn:a&type=a%E0%A2%90b",
                "topic=urn:a&type=mercure",
                "topic=urn:a&type=gap",
                "topic=urn:a&retry=1s",
                "topic=urn:a&retry=-1",
                "topic=urn:a&retry=%2B1",
                "topic=urn:a&retry=%EF%BC%91"
            })
    void rejectsInvalidFields(String form) throws Exception {
        refused(400, publisher.publish(new String[0], form));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/courant/.well-known/mercure",
                "/courant/.well-known/mercure/subscriptions/exact/a/b",
                "/courant/.well-known/%6Dercure/x",
                "/courant/%2Ewell-known/mercure/x",
                "/courant/other/../.well-known/mercure/x",
                "/courant/other/%2e%2E/.well-known/mercure/x",
                "/courant/.well-known/mercure/../mercure/x",
                "/courant/.well-known/./mercure/x",
                "/courant/.well-known/mercure?query#fragment",
                "\\courant\\.well-known\\mercure\\x",
                "https://hub.example/courant/.well-known/mercure/x",
                "http://elsewhere.example:81/courant/.well-known/%6dercure/x",
                "//elsewhere.example/courant/.well-known/mercure/x",
                "  https://hub.example/courant/.well-known/mercure",
                "mercure",
                "mercure/subscriptions",
                "./mercure",
                "../.well-known/mercure",
                "?query",
                "#fragment"
            })
    void rejectsTopicsReservedForTheHub(String topic) throws Exception {
        refused(400, publisher.publish("topic", topic));
        refused(400, publisher.publish("topic", "urn:canonical", "topic", topic));
        HubClient narrow = new HubClient(base, TestTokens.create(List.of("publish"), "urn:other"));
        refused(400, narrow.publish("topic", topic));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/mercure/x",
                "/courant/.well-known/mercures",
                "/courant/.well-known/mercure%2Fx",
                "/courant/.well-known/Mercure",
                "https://hub.example/x?y=/courant/.well-known/mercure",
                "http://[",
                "subscriptions"
            })
    void acceptsTopicsThatResembleReservedOnes(String topic) throws Exception {
        assertEquals(200, publisher.publish("topic", topic).statusCode());
    }

    @Test
    void rejectsWhatExceedsALimit() throws Exception {
        refused(413, publisher.publish("topic", "urn:" + "x".repeat(1021)));
        refused(413, publisher.publish("topic", "urn:a", "data", "x".repeat((1 << 20) + 1)));
        refused(413, publisher.publish("topic", "urn:a", "type", "x".repeat(256)));
        refused(413, publisher.publish("topic", "urn:a", "id", "x".repeat(1025)));
        refused(413, publisher.publish(new String[0], "topic=urn:a&" + "topic=urn:b&".repeat(100)));
        refused(413, publisher.publish(new String[0], "topic=urn:a&" + "topic=urn:b&".repeat(1001)));
        refused(413, publisher.publish("topic", "urn:a", "else", "x".repeat(4 << 20)));
        assertEquals(
                200,
                publisher
                        .publish("topic", "urn:" + "x".repeat(1020), "data", "x".repeat(1 << 20))
                        .statusCode());
    }

    @Test
    void acceptsOnlyForms() throws Exception {
        for (String type : List.of("application/json", "multipart/form-data; boundary=x", "text/plain")) {
            HttpResponse<String> other = publisher.send("POST", publisher.hub, "Content-Type", type);
            refused(415, other);
            assertTrue(other.body().contains("application/x-www-form-urlencoded"), other::body);
            assertEquals(
                    "application/x-www-form-urlencoded",
                    other.headers().firstValue("Accept-Post").orElse(""));
        }
        HttpResponse<String> put =
                publisher.send("PUT", publisher.hub, "Content-Type", "application/x-www-form-urlencoded");
        refused(405, put);
        assertTrue(put.headers().firstValue("Allow").orElse("").matches("(?=.*GET)(?=.*HEAD)(?=.*POST).*"));
    }

    @Test
    void decodesFormInItsCharset() throws Exception {
        String[] latin1 = {"Content-Type", "application/x-www-form-urlencoded; charset=ISO-8859-1"};
        try (HttpEventStream stream = anyone.subscribe("match", "test/latin1")) {
            stream.next("retry");
            assertEquals(
                    200, anyone.post(latin1, "topic=test/latin1&data=caf%E9").statusCode());
            assertEquals("caf\u00e9", stream.next("data").get("data"));
        }
        refused(
                415,
                anyone.post(
                        new String[] {"Content-Type", "application/x-www-form-urlencoded;charset=utf-16"},
                        "topic=test/latin1"));
    }

    @Test
    void ignoresUnknownFields() throws Exception {
        assertEquals(
                200,
                publisher
                        .publish("topic", "urn:fields", "Topic", "*", "later", "\u0000", "match", "x")
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "private=", "private=on", "private=false", "private=0"})
    void isPrivateIfTheFieldIsPresent(String field) throws Exception {
        try (HttpEventStream anonymous = anyone.subscribe("match", "urn:presence")) {
            anonymous.next("retry");
            assertEquals(
                    200,
                    publisher
                            .publish(new String[0], "topic=urn:presence&data=secret&" + field)
                            .statusCode());
            publisher.publish("topic", "urn:presence", "data", "for all");
            assertEquals("for all", anonymous.next("data").get("data"));
        }
    }

    @Test
    void assignsIdUnlessPublisherSendsAUsableOne() throws Exception {
        try (HttpEventStream stream = anyone.subscribe("match", "urn:ids")) {
            stream.next("retry");
            String ours = publisher.publish("topic", "urn:ids", "data", "1").body();
            HttpResponse<String> named = publisher.publish("topic", "urn:ids", "id", "urn:uuid:ids-1", "data", "2");
            String replaced = publisher
                    .publish("topic", "urn:ids", "id", "\u00e9", "data", "3")
                    .body();

            assertEquals(200, named.statusCode());
            assertEquals(
                    "text/plain;charset=utf-8",
                    named.headers().firstValue("Content-Type").orElse("").replace(" ", ""));
            assertTrue(ours.startsWith("#") && replaced.startsWith("#"), ours + ' ' + replaced);
            assertEquals("urn:uuid:ids-1", named.body());
            assertEquals(Map.of("id", ours, "data", "1"), stream.next("data"));
            assertEquals(Map.of("id", "urn:uuid:ids-1", "data", "2"), stream.next("data"));
            assertEquals(Map.of("id", replaced, "data", "3"), stream.next("data"));
        }
    }

    @Test
    void escapesDataThatResemblesEventFields() throws Exception {
        try (HttpEventStream stream = anyone.subscribe("match", "urn:lines")) {
            stream.next("retry");
            String id = publisher
                    .publish("topic", "urn:lines", "data", "a\nevent: forged\rid: forged\r\n\nretry: 9")
                    .body();
            assertEquals(Map.of("id", id, "data", "a\nevent: forged\nid: forged\n\nretry: 9"), stream.next("data"));
        }
    }

    @Test
    void publishesOnlyIfEachTopicIsGranted() throws Exception {
        HubClient one = new HubClient(base, TestTokens.create(List.of("publish"), "https://example.com/granted"));
        HubClient reader = new HubClient(base, TestTokens.create(List.of("subscribe"), "*"));
        try (HttpEventStream stream = anyone.subscribe("match", "https://example.com/granted", "match", "urn:not")) {
            stream.next("retry");
            challenged(
                    403, "insufficient_scope", one.publish("topic", "https://example.com/granted", "topic", "urn:not"));
            challenged(403, "insufficient_scope", reader.publish("topic", "https://example.com/granted"));
            assertEquals(
                    200,
                    one.publish("topic", "https://example.com/granted", "data", "one")
                            .statusCode());
            assertEquals("one", stream.next("data").get("data"));
        }
    }

    @ParameterizedTest
    @CsvSource({"test/anyone, 200", "urn:else, 401"})
    void publishesAnonymouslyWhereConfigured(String topic, int status) throws Exception {
        assertEquals(status, anyone.publish("topic", topic).statusCode());
    }
}
