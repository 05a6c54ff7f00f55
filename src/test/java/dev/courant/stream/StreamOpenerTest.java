package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.courant.auth.AccessRights;
import dev.courant.auth.RevokedTokens;
import dev.courant.event.PrefixSelector;
import dev.courant.event.TopicSelector;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.ProblemException;
import dev.courant.http.RefusedStreamException;
import dev.courant.http.RequestContext;
import dev.courant.hub.StartPosition;
import dev.courant.hub.SubscribeRequest;
import dev.courant.log.LogUnavailableException;
import dev.courant.support.FakeRequest;
import dev.courant.support.InterfaceFake;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamOpenerTest {

    private static final Instant NOW = Instant.ofEpochSecond(1000);

    private final FakeServer server = new FakeServer(() -> true, Runnable::run);
    private final Map<String, String> answered = new HashMap<>();
    private final StreamQuota quota = new StreamQuota(
            new StreamQuota.Usage(1, 4), new StreamQuota.Usage(1, 4), new ClientAddressResolver(List.of()), () -> 0);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final StreamOpener opener = new StreamOpener(
            quota, new TokenStreams(new RevokedTokens(10, clock), clock), Runnable::run, Runnable::run);
    private final FakeRequest fake =
            new FakeRequest("203.0.113.7").returning("getQueryString", null).returning("getAsyncContext", context());
    private @Nullable SubscribeRequest subscribed;
    private @Nullable ResponseConnection connection;

    @Test
    void startsTheResponseAfterTheSubscription() {
        ConnectionNotifications notifications = new ConnectionNotifications();
        opener.open(fake.request(), List.of(), (access, subscribeRequest, opened) -> {
            opened.open(notifications);
            assertEquals(0, notifications.writable.availablePermits());
            assertEquals(Map.of(), answered, "the subscriber may set headers");
        });

        assertTrue(notifications.writable.availablePermits() > 0);
        assertEquals(Map.of("Content-Type", "text/event-stream"), answered);
        server.assertProtocolKept();
    }

    @Test
    void refusesStreamsAboveTheLimitUntilOneEnds() {
        open();
        assertEquals(1, quota.usage().streams());
        assertThrows(RefusedStreamException.class, () -> open(List.of()));
        assertEquals(1, quota.usage().streams());

        connection.abort();
        connection.close();
        assertEquals(0, quota.usage().streams(), "discounted once");
    }

    @Test
    void refusesAStreamAboveThePatternLimit() {
        List<TopicSelector> patterns = List.of(new PrefixSelector("abcde"));
        RefusedStreamException refused = assertThrows(RefusedStreamException.class, () -> open(patterns));

        assertEquals(429, refused.problem().problem().status());
        assertEquals(0, quota.usage().streams(), "the stream is no longer counted");
    }

    @Test
    void countsNoStreamThatCannotBeSubscribed() {
        assertThrows(
                ProblemException.class,
                () -> opener.open(fake.request(), List.of(), (access, start, opened) -> {
                    throw new ProblemException(400, "invalid");
                }));
        assertEquals(0, quota.usage().streams());

        assertThrows(
                RefusedStreamException.class,
                () -> opener.open(fake.request(), List.of(), (access, start, opened) -> {
                    throw new LogUnavailableException("Kafka is down.");
                }));
        assertEquals(0, quota.usage().streams());
        assertEquals(Map.of(), answered);
    }

    @Test
    void countsNoStreamForARequestThatCannotBeRead() {
        fake.returning("getQueryString", new Object()); // makes getQueryString throw

        assertThrows(
                RuntimeException.class,
                () -> opener.open(fake.request(), List.of(), (access, start, opened) -> fail("cannot be read")));

        assertEquals(0, quota.usage().streams());
    }

    @Test
    void readsTheLastEventIdFromTheHeaderBeforeTheQuery() {
        assertEquals(StartPosition.HEAD, open().start());
        fake.returning("getQueryString", "lastEventId=query");
        assertEquals(StartPosition.after("query"), open().start());
        fake.with("Last-Event-ID", "header");
        assertEquals(StartPosition.after("header"), open().start());
    }

    @Test
    void sendsABlockWithoutDataToAnEventSourceOnly() {
        for (String cache : new String[] {"no-cache", "No-Cache, max-age=0"}) {
            fake.with("Cache-Control", cache);
            assertTrue(open().takesBlocksWithoutData(), cache);
        }
        for (String agent : List.of("python-requests/2.32.3", "Jersey/3.1.11 (HttpUrlConnection 25)", "Java/17.0.15")) {
            fake.with("User-Agent", agent);
            assertFalse(open().takesBlocksWithoutData(), agent);
        }
        fake.with("User-Agent", "Mozilla/5.0");
        for (String cache : new String[] {null, "no-store", "max-age=0"}) {
            fake.with("Cache-Control", cache);
            assertFalse(open().takesBlocksWithoutData(), "a script's fetch: " + cache);
        }
    }

    @Test
    void limitsTheStreamToTheLifetimeOfItsToken() {
        assertNull(open().maxDuration());
        AccessRights token = new AccessRights(List.of(), null, NOW.plusSeconds(60), "fingerprint");
        RequestContext.put(fake.request(), AccessRights.class, token);

        assertEquals(Duration.ofMillis(59_500), open().maxDuration());
    }

    /** Opens a stream after ending the previous one. */
    private SubscribeRequest open() {
        if (connection != null) {
            connection.abort();
        }
        open(List.of());
        return subscribed;
    }

    private void open(List<TopicSelector> patterns) {
        opener.open(fake.request(), patterns, (access, subscribeRequest, opened) -> {
            subscribed = subscribeRequest;
            connection = opened;
        });
    }

    private AsyncContext context() {
        AsyncContext context = server.context();
        return InterfaceFake.create(AsyncContext.class, (name, arguments) -> {
            switch (name) {
                case "getRequest":
                    return fake.request();
                case "getResponse":
                    return response();
                case "setTimeout":
                    return null;
                case "addListener":
                    context.addListener((ResponseConnection) arguments[0]);
                    return null;
                case "complete":
                    context.complete();
                    return null;
                default:
                    throw new UnsupportedOperationException(name);
            }
        });
    }

    private HttpServletResponse response() {
        return InterfaceFake.create(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
            case "getOutputStream" -> server;
            default -> throw new UnsupportedOperationException(name);
        });
    }
}
