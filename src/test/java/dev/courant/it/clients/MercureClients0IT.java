package dev.courant.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
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

/** Tests unmodified third-party clients with version 0.x of the Mercure protocol. */
@Timeout(600)
class MercureClients0IT {

    private static final String BOOK = "https://example.com/books/1";
    private static final String BOOKS = "https://example.com/books/{id}";

    private static LocalStreamServer pages;
    private static CourantProcess courant;
    private static URI page;
    private static URI hub;

    @BeforeAll
    static void start() throws Exception {
        if (ForeignClients.isInstalled()) {
            pages = new LocalStreamServer();
            page = pages.serve("/use-mercure.html", "text/html", ForeignClients.readPage("npm/use-mercure.html"));
            serve("/react.js", "react/umd/react.production.min.js");
            serve("/react-dom.js", "react-dom/umd/react-dom.production.min.js");
            serve("/use-mercure.js", "@liinkiing/use-mercure/dist/use-mercure.cjs.production.min.js");
            courant = CourantProcess.start(
                    FreePorts.free(),
                    List.of(
                            "-Dcourant.mercure.dialect=0.x",
                            "-Dcourant.mercure.subscriptions=true",
                            "-Dcourant.jwt.key=" + TestTokens.KEY,
                            "-Dcourant.retry=100ms",
                            "-Dcourant.cors.origins=" + "http://" + page.getAuthority()));
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
    void deliversEventsOfNpmsMercureToNpmsEventsource() throws Exception {
        try (ForeignSubscriber byTemplate = ForeignClients.subscribe(hub, "", "topic=" + BOOKS, "listen=greeting");
                ForeignSubscriber byName = ForeignClients.subscribe(hub, "", "topic=urn:a", "topic=urn:b")) {
            byTemplate.awaitOpen();
            byName.awaitOpen();
            String data = "a&b=ü\nanother line";
            String own = npm(token("publish", "*"), BOOK, data, "id=urn:uuid:own", "type=greeting", "retry=120");
            assertEquals("urn:uuid:own", own);
            String id = npm(token("publish", BOOK, "urn:b"), BOOK, "plain", "topic=urn:b");

            assertEquals(List.of("greeting", own, data), byTemplate.awaitEvent());
            assertEquals(List.of("message", id, "plain"), byTemplate.awaitEvent());
            assertEquals(List.of("message", id, "plain"), byName.awaitEvent());
        }
    }

    @Test
    void deliversPrivateEventsOfSymfonyToGrantedSubscribersOnly() throws Exception {
        try (ForeignSubscriber reader = ForeignClients.subscribe(hub, token("subscribe", BOOKS), "topic=" + BOOK);
                ForeignSubscriber stranger =
                        ForeignClients.subscribe(hub, token("subscribe", "urn:x"), "topic=" + BOOK);
                ForeignSubscriber anonymous = ForeignClients.subscribe(hub, "", "topic=" + BOOKS)) {
            reader.awaitOpen();
            stranger.awaitOpen();
            anonymous.awaitOpen();
            String secret = symfony(BOOK, "a secret", "topic=urn:alternate", "private=on");
            String end = symfony(BOOK, "for all", "id=symfony-1", "retry=120");

            assertEquals("symfony-1", end);
            assertEquals(List.of("message", secret, "a secret"), reader.awaitEvent());
            assertEquals(List.of("message", end, "for all"), reader.awaitEvent());
            assertEquals(List.of("message", end, "for all"), anonymous.awaitEvent());
            assertEquals(List.of("message", end, "for all"), stranger.awaitEvent());
        }
    }

    @Test
    void rejectsTopicsThatTheTokenDoesNotGrant() throws Exception {
        for (String token : List.of(token("publish", "urn:other"), token("subscribe", "*"))) {
            AssertionError refused = assertThrows(AssertionError.class, () -> npm(token, BOOK, "x"));
            assertTrue(String.valueOf(refused.getMessage()).contains("403 Forbidden"), refused::getMessage);
        }
    }

    @Test
    void resumesNpmsEventsourceAfterADisconnection() throws Exception {
        String topic = "urn:dropped";
        try (BreakableProxy proxy = new BreakableProxy(hub);
                ForeignSubscriber reader =
                        ForeignClients.subscribe(proxy.uri(), token("subscribe", topic), "topic=" + topic)) {
            reader.awaitOpen();
            String first = npm(token("publish", "*"), topic, "first");
            assertEquals(List.of("message", first, "first"), reader.awaitEvent());
            proxy.disconnect();
            reader.awaitError();
            String secret = symfony(topic, "meanwhile", "private=on");
            String own = npm(token("publish", "*"), topic, "under an id of its own", "id=urn:uuid:meanwhile");
            proxy.reconnect();
            assertEquals(List.of("message", secret, "meanwhile"), reader.awaitEvent());
            assertEquals(List.of("message", own, "under an id of its own"), reader.awaitEvent());
            proxy.disconnect();
            String last = npm(token("publish", "*"), topic, "last");
            proxy.reconnect();
            assertEquals(List.of("message", last, "last"), reader.awaitEvent());
        }
    }

    @Test
    void resumesFromTheAddressThatSymfonysTwigFunctionMakes() throws Exception {
        String topic = "urn:twig";
        String seen = symfony(topic, "seen");
        String missed = symfony(topic, "missed");
        String address = ForeignClients.run("php/address.php", List.of(hub, seen, topic, "urn:twig/{x}"));
        try (ForeignSubscriber reader = ForeignClients.subscribe(address, "")) {
            assertEquals(List.of("message", missed, "missed"), reader.awaitEvent());
        }
    }

    @Test
    void notifiesNpmsEventsourceOfSubscriptions() throws Exception {
        String all = "/.well-known/mercure/subscriptions";
        try (ForeignSubscriber watcher =
                ForeignClients.subscribe(hub, token("subscribe", all + "{/t}{/s}"), "topic=" + all + "/urn%3Ac{/s}")) {
            watcher.awaitOpen();
            try (ForeignSubscriber reader = ForeignClients.subscribe(hub, "", "topic=urn:c")) {
                reader.awaitOpen();
                List<String> event = watcher.awaitEvent();
                assertEquals("message", event.get(0));
                assertTrue(event.get(2).contains("\"topic\":\"urn:c\""), () -> event.get(2));
                assertTrue(event.get(2).contains("\"active\":true"), () -> event.get(2));
            }
        }
    }

    @Test
    void streamsToAReactHookOfAnotherOriginWithACookie() throws Exception {
        Chromium.assumeInstalled();
        try (Chromium chromium = Chromium.start();
                Page tab = chromium.openTab(ColorScheme.LIGHT, 800)) {
            URI here = URI.create("http://127.0.0.1:" + hub.getPort() + hub.getPath());
            Cookie cookie = new Cookie("mercureAuthorization", token("subscribe", "urn:hook"));
            tab.context().addCookies(List.of(cookie.setUrl(here.toString()).setHttpOnly(true)));
            tab.navigate(page.toString());
            tab.waitForResponse(
                    answer -> answer.url().startsWith(here.toString()) && answer.status() == 200,
                    () -> tab.evaluate("hub => subscribe(hub, 'urn:hook')", here.toString()));
            symfony("urn:hook", "{\"is\":\"private\"}", "private=on");
            npm(token("publish", "*"), "urn:hook", "no JSON");
            tab.waitForFunction("() => got.length >= 2");
            assertEquals("[{\"is\":\"private\"},\"no JSON\"]", tab.evaluate("JSON.stringify(got)"));
        }
    }

    private static void serve(String path, String file) throws Exception {
        pages.serve(path, "text/javascript", ForeignClients.readPackageFile(file));
    }

    private static String token(String action, String... topics) throws Exception {
        return ForeignClients.run("npm/token-0.cjs", List.of(TestTokens.KEY, action), topics);
    }

    private static String npm(String token, String topic, String data, String... fields) throws Exception {
        return ForeignClients.run("npm/publish.cjs", List.of(hub, token, "topic=" + topic, "data=" + data), fields);
    }

    private static String symfony(String topic, String data, String... fields) throws Exception {
        return ForeignClients.run(
                "php/publish.php", List.of(hub, token("publish", "*"), "topic=" + topic, "data=" + data), fields);
    }
}
