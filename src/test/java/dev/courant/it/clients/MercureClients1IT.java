package dev.courant.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.courant.brokers.FreePorts;
import dev.courant.event.LocalStreamServer;
import dev.courant.support.BreakableProxy;
import dev.courant.support.Chromium;
import dev.courant.support.CourantProcess;
import dev.courant.support.TestTokens;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests unmodified third-party clients with version 1.0 of the Mercure protocol. */
@Timeout(600)
class MercureClients1IT {

    private static final String BOOK = "https://example.com/books/1";
    private static final String BOOKS = "https://example.com/books/:id";

    private static LocalStreamServer pages;
    private static CourantProcess courant;
    private static URI page;
    private static URI hub;

    @BeforeAll
    static void start() throws Exception {
        if (ForeignClients.isInstalled()) {
            pages = new LocalStreamServer();
            page = pages.serve("/event-source.html", "text/html", ForeignClients.readPage("npm/event-source.html"));
            page = URI.create("http://localhost:" + page.getPort() + page.getPath());
            courant = CourantProcess.start(
                    FreePorts.free(),
                    List.of(
                            "-Dcourant.mercure.subscriptions=true",
                            "-Dcourant.jwt.key=" + TestTokens.KEY,
                            "-Dcourant.jwt.issuer=" + TestTokens.ISSUER,
                            "-Dcourant.jwt.audience=" + TestTokens.AUDIENCE,
                            "-Dcourant.retry=100ms",
                            "-Dcourant.cors.origins=http://" + page.getAuthority()));
            hub = courant.uri().resolve(".well-known/mercure");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (courant != null) {
            courant.close();
        }
        if (pages != null) {
            pages.close();
        }
    }

    @BeforeEach
    void assumeInstalled() {
        ForeignClients.assumeInstalled();
    }

    @Test
    void deliversEventsOfSymfonyAndNpmsMercureToNpmsEventsource() throws Exception {
        try (ForeignSubscriber byPattern =
                        ForeignClients.subscribe(hub, "", "match_urlpattern=" + BOOKS, "listen=greeting");
                ForeignSubscriber byName = ForeignClients.subscribe(hub, "", "match=urn:a", "match=urn:b")) {
            byPattern.awaitOpen();
            byName.awaitOpen();
            String data = "a&b=ü\nanother line";
            String own = symfony(BOOK, data, "id=urn:uuid:own", "type=greeting", "retry=120");
            assertEquals("urn:uuid:own", own);
            String id = npm(token("publish", "match_urlpattern=" + BOOKS, "match=urn:b"), BOOK, "plain", "topic=urn:b");

            assertEquals(List.of("greeting", own, data), byPattern.awaitEvent());
            assertEquals(List.of("message", id, "plain"), byPattern.awaitEvent());
            assertEquals(List.of("message", id, "plain"), byName.awaitEvent());
        }
    }

    @Test
    void deliversPrivateEventsToGrantedSubscribersOnly() throws Exception {
        try (ForeignSubscriber reader = ForeignClients.subscribe(
                        hub, token("subscribe", "match_urlpattern=" + BOOKS), "match=" + BOOK);
                ForeignSubscriber stranger =
                        ForeignClients.subscribe(hub, token("subscribe", "match=urn:x"), "match=" + BOOK);
                ForeignSubscriber anonymous = ForeignClients.subscribe(hub, "", "match_urlpattern=" + BOOKS)) {
            reader.awaitOpen();
            stranger.awaitOpen();
            anonymous.awaitOpen();
            String secret = symfony(BOOK, "a secret", "topic=urn:alternate", "private=on");
            String end = symfony(BOOK, "for all");

            assertEquals(List.of("message", secret, "a secret"), reader.awaitEvent());
            assertEquals(List.of("message", end, "for all"), reader.awaitEvent());
            assertEquals(List.of("message", end, "for all"), stranger.awaitEvent());
            assertEquals(List.of("message", end, "for all"), anonymous.awaitEvent());
        }
    }

    @Test
    void rejectsTopicsThatTheTokenDoesNotGrant() throws Exception {
        for (String token : List.of(token("publish", "match=urn:other"), token("subscribe", "match=*"))) {
            AssertionError refused = assertThrows(AssertionError.class, () -> npm(token, BOOK, "x"));
            assertTrue(String.valueOf(refused.getMessage()).contains("403 Forbidden"), refused::getMessage);
        }
    }

    @Test
    void resumesNpmsEventsourceAfterADisconnection() throws Exception {
        String topic = "urn:dropped";
        try (BreakableProxy proxy = new BreakableProxy(hub);
                ForeignSubscriber reader =
                        ForeignClients.subscribe(proxy.uri(), token("subscribe", "match=" + topic), "match=" + topic)) {
            reader.awaitOpen();
            String first = symfony(topic, "first");
            assertEquals(List.of("message", first, "first"), reader.awaitEvent());
            proxy.disconnect();
            reader.awaitError();
            String secret = symfony(topic, "meanwhile", "private=on");
            String own = symfony(topic, "under an id of its own", "id=urn:uuid:meanwhile");
            proxy.reconnect();
            assertEquals(List.of("message", secret, "meanwhile"), reader.awaitEvent());
            assertEquals(List.of("message", own, "under an id of its own"), reader.awaitEvent());
            proxy.disconnect();
            String last = symfony(topic, "last");
            proxy.reconnect();
            assertEquals(List.of("message", last, "last"), reader.awaitEvent());
        }
    }

    @Test
    void notifiesNpmsEventsourceOfSubscriptions() throws Exception {
        String all = "/.well-known/mercure/subscriptions/:type/:topic/:who";
        try (ForeignSubscriber watcher = ForeignClients.subscribe(
                hub,
                token("subscribe", "match_urlpattern=" + all),
                "match_urlpattern=/.well-known/mercure/subscriptions/exact/urn%3Ac/:who",
                "listen=mercure")) {
            watcher.awaitOpen();
            try (ForeignSubscriber reader = ForeignClients.subscribe(hub, "", "match=urn:c")) {
                reader.awaitOpen();
                List<String> event = watcher.awaitEvent();
                assertEquals("mercure", event.get(0));
                assertTrue(event.get(2).contains("\"match\":\"urn:c\""), () -> event.get(2));
                assertTrue(event.get(2).contains("\"active\":true"), () -> event.get(2));
            }
        }
    }

    @Test
    void servesAPageOfAnotherOriginWithCookies() throws Exception {
        Chromium.assumeInstalled();
        try (Chromium chromium = Chromium.start();
                Page tab = chromium.openTab(ColorScheme.LIGHT, 800)) {
            tab.navigate(page.toString());
            tab.evaluate(
                    "token => document.cookie = `__Secure-mercure_access_token=${token};Secure;SameSite=Strict;Path=/`",
                    token("subscribe,publish", "match=urn:page"));
            tab.waitForResponse(
                    answer -> answer.url().startsWith(hub.toString()) && answer.status() == 200,
                    () -> tab.evaluate("hub => subscribe(hub, [['match', 'urn:page']], ['t'])", hub.toString()));
            Object secret = tab.evaluate(
                    "hub => publish(hub, '', [['topic', 'urn:page'], ['data', 'by cookie'], ['private', 'on']])",
                    hub.toString());
            Object typed = tab.evaluate(
                    "([hub, token]) => publish(hub, token, [['topic', 'urn:page'], ['data', 'é+&'], ['type', 't']])",
                    List.of(hub.toString(), token("publish", "match=*")));
            tab.waitForFunction("() => got.length >= 2");
            assertEquals(
                    List.of(List.of("message", secret, "by cookie"), List.of("t", typed, "é+&")), tab.evaluate("got"));
        }
    }

    private static String token(String actions, String... matchers) throws Exception {
        List<String> args = List.of(TestTokens.KEY, TestTokens.ISSUER, TestTokens.AUDIENCE, actions);
        return ForeignClients.run("npm/token-1.mjs", args, matchers);
    }

    private static String npm(String token, String topic, String data, String... fields) throws Exception {
        return ForeignClients.run("npm/publish.cjs", List.of(hub, token, "topic=" + topic, "data=" + data), fields);
    }

    private static String symfony(String topic, String data, String... fields) throws Exception {
        return ForeignClients.run(
                "php/publish.php", List.of(hub, token("publish", "match=*"), "topic=" + topic, "data=" + data), fields);
    }
}
