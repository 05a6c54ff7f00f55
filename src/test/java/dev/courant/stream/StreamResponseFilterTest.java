package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.courant.event.PrefixSelector;
import dev.courant.event.TopicSelector;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.StreamAdmission;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamResponseFilterTest {

    private final FakeServer server = new FakeServer(() -> true, Runnable::run);
    private final Map<String, String> answered = new HashMap<>();
    private final StreamAdmission admission = new StreamAdmission(1, 1, new ClientAddressResolver(List.of()), () -> 0);
    private final PatternQuota patterns = new PatternQuota(4, 4, new ClientAddressResolver(List.of()), () -> 0);
    private List<TopicSelector> selectors = List.of();
    private final Map<String, Object> request = new HashMap<>(Map.of(
            "getMethod", "GET",
            "isAsyncStarted", true,
            "getProtocol", "HTTP/1.1",
            "getRemoteAddr", "203.0.113.7",
            "getHeaders X-Forwarded-For", Collections.emptyEnumeration()));
    private final AtomicReference<@Nullable ResponseConnection> connection = new AtomicReference<>();

    @Test
    void replacesTheResponseOfAStream() throws Exception {
        filter((request, response) -> {
            connection.set(connectionOf(request));
            response.getOutputStream().print(":\n\n");
            response.flushBuffer();
            assertEquals("", server.written(), "not before the request thread has returned");
        });

        assertNotNull(connection.get());
        assertEquals(":\n\n", server.written());
        assertEquals(Map.of("Cache-Control", "no-store, no-transform", "X-Accel-Buffering", "no"), answered);
        server.assertProtocolKept();
    }

    @Test
    void answersAtOnceIfNoStreamWasOpened() throws Exception {
        request.put("isAsyncStarted", false);
        server.makeWritable(); // a plain response may be written without isReady
        filter((request, response) -> {
            connection.set(connectionOf(request));
            response.getOutputStream().print("no");
        });
        ConnectionNotifications notifications = new ConnectionNotifications();
        connection.get().open(notifications);

        assertEquals("no", server.written());
        assertEquals(1, notifications.ends.size());
    }

    @Test
    void passesOtherMethodsUnchanged() throws Exception {
        request.put("getMethod", "POST");
        HttpServletResponse given = response();
        streams().doFilter(request(), given, (request, response) -> {
            assertSame(given, response);
            assertThrows(IllegalStateException.class, () -> connectionOf(request));
        });
    }

    @Test
    void endsTheConnectionOfAFailedRequest() {
        assertThrows(
                ServletException.class,
                () -> filter((request, response) -> {
                    throw new ServletException("failed");
                }));

        assertEquals(0, admission.count(), "the stream is no longer counted");
    }

    @Test
    void countsNoStreamForARequestThatCannotBeRead() {
        request.put("getParameter lastEventId", new Object()); // makes getParameter throw

        assertThrows(RuntimeException.class, () -> filter((request, response) -> fail("the request cannot be read")));

        assertEquals(0, admission.count(), "the stream is no longer counted");
    }

    @Test
    void refusesStreamsAboveTheLimitUntilOneEnds() throws Exception {
        filter((request, response) -> connection.set(connectionOf(request)));
        assertEquals(1, admission.count());
        request.put("getHeader User-Agent", "Mozilla/5.0");
        filter((request, response) -> fail("the limit is reached"));
        assertEquals(1, admission.count());

        connection.get().abort();
        connection.get().close();
        assertEquals(0, admission.count(), "discounted once");
    }

    @Test
    void refusesAStreamAboveThePatternLimit() throws Exception {
        selectors = List.of(new PrefixSelector("abcde"));
        request.put("isAsyncStarted", false);
        server.makeWritable();
        filter((request, response) -> fail("the limit on patterns is reached"));

        assertTrue(server.written().contains("too many patterns"), server::written);
        assertEquals(0, admission.count(), "the stream is no longer counted");
    }

    @Test
    void readsTheLastEventIdFromTheHeaderBeforeTheQuery() throws Exception {
        assertNull(lastEventId());
        request.put("getParameter lastEventId", "query");
        assertEquals("query", lastEventId());
        request.put("getHeader Last-Event-ID", "header");
        assertEquals("header", lastEventId());
    }

    @Test
    void sendsABlockWithoutDataToAnEventSourceOnly() throws Exception {
        for (String cache : new String[] {"no-cache", "No-Cache, max-age=0"}) {
            request.put("getHeader Cache-Control", cache);
            lastEventId();
            assertTrue(connection.get().subscribeRequest().takesBlocksWithoutData(), cache);
        }
        for (String agent : List.of("python-requests/2.32.3", "Jersey/3.1.11 (HttpUrlConnection 25)", "Java/17.0.15")) {
            request.put("getHeader User-Agent", agent);
            lastEventId();
            assertFalse(connection.get().subscribeRequest().takesBlocksWithoutData(), agent);
        }
        request.put("getHeader User-Agent", "Mozilla/5.0");
        for (String cache : new String[] {null, "no-store", "max-age=0"}) {
            request.put("getHeader Cache-Control", cache);
            lastEventId();
            assertFalse(connection.get().subscribeRequest().takesBlocksWithoutData(), "a script's fetch: " + cache);
        }
    }

    @Test
    void completesThroughTheConnection() throws Exception {
        filter((request, response) -> {
            AsyncContext async = request.getAsyncContext();
            response.getOutputStream().print("last");
            response.flushBuffer();
            async.complete();
            async.complete();
            assertEquals(0, server.completions.get(), "not before the bytes are written");
        });

        assertEquals("last", server.written());
        assertEquals(1, server.completions.get());
        server.assertProtocolKept();
    }

    private @Nullable String lastEventId() throws Exception {
        filter((request, response) -> connection.set(connectionOf(request)));
        connection.get().abort();
        return connection.get().subscribeRequest().lastEventId();
    }

    private void filter(FilterChain chain) throws IOException, ServletException {
        streams().doFilter(request(), response(), chain);
    }

    private StreamResponseFilter streams() {
        return new StreamResponseFilter(admission, patterns, request -> selectors, Runnable::run, Runnable::run);
    }

    private static ResponseConnection connectionOf(ServletRequest request) {
        return ResponseConnection.of((HttpServletRequest) request);
    }

    private HttpServletRequest request() {
        Map<Object, Object> attributes = new HashMap<>();
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getAsyncContext" -> server.context();
                    case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                    case "getAttribute" -> attributes.get(arguments[0]);
                    default -> request.get(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                });
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
                    case "setContentType", "setStatus", "setContentLength" -> null;
                    case "getOutputStream" -> server;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
