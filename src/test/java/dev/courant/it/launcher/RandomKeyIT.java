package dev.courant.it.launcher;

import static dev.courant.support.HubClient.header;
import static dev.courant.support.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import dev.courant.support.HubClient;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the uber-jar without a key and a public address: the printed link, and requests without a token. */
class RandomKeyIT {

    private static final Pattern LINK = Pattern.compile("#token=([A-Za-z0-9_.-]+)");

    private static CourantProcess courant;

    @BeforeAll
    static void start() throws Exception {
        courant = CourantProcess.start(FreePorts.free(), List.of("-Dcourant.subscribe.anonymous=false"));
    }

    @AfterAll
    static void stop() throws Exception {
        courant.close();
    }

    private static String token() {
        List<String> tokens = courant.output().stream()
                .flatMap(line -> LINK.matcher(line).results().map(found -> found.group(1)))
                .toList();
        assertEquals(1, tokens.size(), "printed once");
        return tokens.get(0);
    }

    @Test
    void printsOneLinkToThePageWithAToken() {
        List<String> lines =
                courant.output().stream().filter(line -> line.contains(token())).toList();
        assertEquals(1, lines.size());
        Matcher link = Pattern.compile("(http\\S+)#token=").matcher(lines.get(0));
        assertEquals(
                List.of(courant.uri().toString()),
                link.results().map(found -> found.group(1)).toList());
    }

    @Test
    void publishesWithTheTokenButDoesNotReceivePrivateEvents() throws Exception {
        HubClient client = new HubClient(courant.uri(), token());
        try (HttpEventStream stream = client.subscribe("match_urlpattern", "/books/:id")) {
            stream.next("retry");
            assertEquals(
                    200,
                    client.publish("topic", "/books/1", "data", "secret", "private", "on")
                            .statusCode());
            assertEquals(
                    200, client.publish("topic", "/books/2", "data", "public").statusCode());
            assertEquals("public", stream.next("data").get("data"), "the token grants publishing only");
        }
    }

    @Test
    void rejectsSubscriptionsWithoutAToken() throws Exception {
        HubClient anonymous = new HubClient(courant.uri(), null);
        for (URI uri : List.of(
                URI.create(anonymous.hub + "?match=urn:a"),
                courant.uri().resolve("sse"),
                courant.uri().resolve("sse/a"))) {
            try (HttpEventStream stream = new HttpEventStream(uri)) {
                refused(401, stream.response());
                assertEquals("Bearer realm=\"hub\"", header(stream.response(), "WWW-Authenticate"));
            }
        }
        assertEquals(401, anonymous.publish("topic", "urn:a").statusCode());
    }

    @Test
    void respondsToProbesWithoutAToken() throws Exception {
        HubClient probe = new HubClient(courant.uri(), null);
        assertEquals(200, probe.get("/ops/health/live").statusCode());
        assertEquals(200, probe.get("/ops/health/ready").statusCode());
    }

    @Test
    void linksToTheHubWithoutAHost() throws Exception {
        HubClient anonymous = new HubClient(courant.uri(), null);
        assertEquals("</.well-known/mercure>; rel=\"mercure\"", header(anonymous.send("GET", courant.uri()), "Link"));
        URI metadata = courant.uri().resolve(".well-known/oauth-protected-resource/.well-known/mercure");
        refused(404, anonymous.send("GET", metadata));
    }

    @Test
    void hasNoActiveSubscriptionsByDefault() throws Exception {
        HubClient client = new HubClient(courant.uri(), token());
        refused(404, client.get("/.well-known/mercure/subscriptions"));
        refused(400, client.publish("topic", "https://any.example/.well-known/mercure/subscriptions/x"));
    }
}
