package dev.courant.it.mercure;

import static dev.courant.support.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.it.DeployedTestCase;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import dev.courant.support.TestTokens;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mercure, "Subscription" and "Matcher Types": the matchers of a subscriber and the updates that they select. */
class MercureMatchingIT extends DeployedTestCase {

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
                "topic=urn:a",
                "Match=urn:a",
                "MATCH_URLPATTERN=urn:a",
                "match=urn:a&Match=urn:b",
                "match=urn:a&match_Exact=urn:b",
                "match=urn:a&matching=no",
                "match=urn:a&%6Datch_regexp=b",
                "match=urn:a&match_uritemplate=*",
                "match=%FF",
                "match=a%0Ab",
                "match=a%7Fb",
                "match=a%C2%85b",
                "match=a%E2%80%8Bb",
                "match=a%E0%A2%90b",
                "match_urlpattern=a%E2%80%8Bb",
                "match_urlpattern=https://example.com/(",
                "match_urlpattern=https://example.com/:a/:a"
            })
    void rejectsInvalidMatchers(String query) throws Exception {
        try (HttpEventStream stream = new HttpEventStream(URI.create(anyone.hub + "?" + query))) {
            refused(400, stream.response());
        }
    }

    @Test
    void limitsNumberAndLengthOfMatchers() throws Exception {
        for (String query : List.of("match=" + "x".repeat(1025), "match_urlpattern=/" + "x".repeat(1024), many(101))) {
            try (HttpEventStream stream = new HttpEventStream(URI.create(anyone.hub + "?" + query))) {
                refused(400, stream.response());
            }
        }
        for (String query : List.of("match=" + "x".repeat(1024), many(100))) {
            try (HttpEventStream stream = new HttpEventStream(URI.create(anyone.hub + "?" + query))) {
                stream.next("retry");
            }
        }
    }

    private static String many(int number) {
        StringBuilder query = new StringBuilder("other=x");
        for (int i = 0; i < number; i++) {
            query.append("&match=urn:many:").append(i);
        }
        return query.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "exact, urn:caf\u00e9, urn:cafe\u0301",
        "exact, urn:cafe\u0301, urn:caf\u00e9",
        "exact, https://example.com/Exact, https://example.com/exact",
        "exact, https://example.com/%7Eexact, https://example.com/~exact",
        "exact, https://example.com, https://example.com/",
        "exact, related, https://hub.example/courant/.well-known/related",
        "exact, /rooted, https://hub.example/rooted",
        "exact, https://example.com/:id, https://example.com/1",
        "urlpattern, https://example.com/cased/:id, https://example.com/Cased/1",
        "urlpattern, https://example.com/slash/:id, https://example.com/slash/1/2",
        "urlpattern, https://example.com/query?, https://example.com/query?x",
        "urlpattern, /courant/rooted/:id, https://elsewhere.example/courant/rooted/1",
        "urlpattern, *://*, http://["
    })
    void doesNotDeliverSimilarTopics(String type, String matcher, String other) throws Exception {
        String end = "urn:end-of:" + type + matcher;
        try (HttpEventStream stream = anyone.subscribe("match_" + type, matcher, "match", end)) {
            stream.next("retry");
            assertEquals(200, publisher.publish("topic", other, "data", "other").statusCode());
            publisher.publish("topic", end, "data", "end");
            assertEquals("end", stream.next("data").get("data"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "match, related-1, related-1",
        "match_exact, related-2, related-2",
        "match_exact, https://example.com/:exact, https://example.com/:exact",
        "match_urlpattern, https://example.com/got/:id, https://EXAMPLE.com/got/1",
        "match_urlpattern, https://Example.COM:443/got/:id, https://example.com/got/2",
        "match_urlpattern, /courant/got/:id, https://hub.example/courant/got/3",
        "match_urlpattern, /courant/got/:id, /courant/got/4",
        "match_urlpattern, https://hub.example/courant/.well-known/:id, relative-5",
        "match_urlpattern, got-:id, got-6",
        "match_urlpattern, urn\\:got\\:*, urn:got:7",
        "match, *, urn:got:8",
        "match_exact, *, http://[",
        "match_urlpattern, *, http://["
    })
    void deliversMatchingTopics(String parameter, String matcher, String topic) throws Exception {
        try (HttpEventStream stream = anyone.subscribe(parameter, matcher)) {
            stream.next("retry");
            String id = publisher.publish("topic", topic, "data", "it").body();
            assertEquals("it", stream.next(block -> id.equals(block.get("id"))).get("data"));
        }
    }

    @Test
    void parsesQueryAsForm() throws Exception {
        try (HttpEventStream stream =
                new HttpEventStream(URI.create(anyone.hub + "?%6Datch=urn:a+b%26%3d;&x&&other=%25"))) {
            stream.next("retry");
            publisher.publish("topic", "urn:a b&=;", "data", "decoded");
            assertEquals("decoded", stream.next("data").get("data"));
        }
    }

    @Test
    void returnsEventStreamHeadersForHead() throws Exception {
        try (HttpEventStream stream = anyone.subscribe("match", "urn:head")) {
            assertEquals(200, stream.response().statusCode());
            assertEquals("text/event-stream", type(stream));
        }
        var head = anyone.send("HEAD", URI.create(anyone.hub + "?match=urn:head"));
        assertEquals(200, head.statusCode());
        assertEquals(
                "text/event-stream", head.headers().firstValue("Content-Type").orElse(""));
        assertEquals(400, anyone.send("HEAD", anyone.hub).statusCode());
    }

    private static String type(HttpEventStream stream) {
        return stream.response().headers().firstValue("Content-Type").orElse("");
    }
}
