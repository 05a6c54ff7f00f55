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

class StreamFilterTest {

    private final FakeServer server = new FakeServer(() -> true, Runnable::run);
    private final Map<String, String> answered = new HashMap<>();
    private final StreamAdmission admission = new StreamAdmission(1, 1, ClientAddressResolver.of(""), () -> 0);
    private final PatternQuota patterns = new PatternQuota(4, 4, ClientAddressResolver.of(""), () -> 0);
    private List<TopicSelector> selectors = List.of();
    private final Map<String, Object> request = new HashMap<>(Map.of(
            "getMethod", "GET",
            "isAsyncStarted", true,
            "getProtocol", "HTTP/1.1",
            "getRemoteAddr", "203.0.113.7",
            "getHeaders X-Forwarded-For", Collections.emptyEnumeration()));
    private final AtomicReference<@Nullable ResponseConnection> seen = new AtomicReference<>();

    @Test
    void putsAConnectionUnderAStream() throws Exception {
        filter((asked, response) -> {
            seen.set(connection(asked));
            response.getOutputStream().print(":\n\n");
            response.flushBuffer();
            assertEquals("", server.written(), "not before the request's thread has let go");
        });

        assertNotNull(seen.get());
        assertEquals(":\n\n", server.written());
        assertEquals(Map.of("Cache-Control", "no-store, no-transform", "X-Accel-Buffering", "no"), answered);
        server.assertKept();
    }

    @Test
    void answersAtOnceWhereNoStreamWasOpened() throws Exception {
        request.put("isAsyncStarted", false);
        server.makeWritable(); // as any response is, without asking
        filter((asked, response) -> {
            seen.set(connection(asked));
            response.getOutputStream().print("no");
        });
        ConnectionNotifications told = new ConnectionNotifications();
        seen.get().open(told);

        assertEquals("no", server.written());
        assertEquals(1, told.ends.size());
    }

    @Test
    void leavesOtherMethodsAlone() throws Exception {
        request.put("getMethod", "POST");
        HttpServletResponse given = response();
        streams().doFilter(request(), given, (asked, response) -> {
            assertSame(given, response);
            assertThrows(IllegalStateException.class, () -> connection(asked));
        });
    }

    @Test
    void endsTheConnectionOfARequestThatFailed() {
        assertThrows(
                ServletException.class,
                () -> filter((asked, response) -> {
                    throw new ServletException("failed");
                }));

        assertEquals(0, admission.count(), "and lets another in");
    }

    @Test
    void losesNoPlaceToARequestThatCannotBeRead() {
        request.put("getParameter lastEventId", new Object()); // as good as a server that throws

        assertThrows(RuntimeException.class, () -> filter((asked, response) -> fail("it was not read")));

        assertEquals(0, admission.count(), "and lets another in");
    }

    @Test
    void letsNoMoreInThanThereIsRoomForUntilOneHasEnded() throws Exception {
        filter((asked, response) -> seen.set(connection(asked)));
        assertEquals(1, admission.count());
        request.put("getHeader User-Agent", "Mozilla/5.0");
        filter((asked, response) -> fail("there is no room"));
        assertEquals(1, admission.count());

        seen.get().abort();
        seen.get().close();
        assertEquals(0, admission.count(), "counted out once");
    }

    @Test
    void refusesAStreamOfMorePatternsThanThereIsRoomFor() throws Exception {
        selectors = List.of(new PrefixSelector("abcde"));
        request.put("isAsyncStarted", false);
        server.makeWritable();
        filter((asked, response) -> fail("it has too many patterns"));

        assertTrue(server.written().contains("too many patterns"), server::written);
        assertEquals(0, admission.count(), "and lets another in");
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
            assertTrue(seen.get().arrival().takesBlocksWithoutData(), cache);
        }
        for (String agent : List.of("python-requests/2.32.3", "Jersey/3.1.11 (HttpUrlConnection 25)", "Java/17.0.15")) {
            request.put("getHeader User-Agent", agent);
            lastEventId();
            assertFalse(seen.get().arrival().takesBlocksWithoutData(), agent);
        }
        request.put("getHeader User-Agent", "Mozilla/5.0");
        for (String cache : new String[] {null, "no-store", "max-age=0"}) {
            request.put("getHeader Cache-Control", cache);
            lastEventId();
            assertFalse(seen.get().arrival().takesBlocksWithoutData(), "a script's fetch: " + cache);
        }
    }

    @Test
    void completesByTheConnectionWhoeverCompletes() throws Exception {
        filter((asked, response) -> {
            AsyncContext async = asked.getAsyncContext();
            response.getOutputStream().print("last");
            response.flushBuffer();
            async.complete();
            async.complete();
            assertEquals(0, server.completions.get(), "not before it was written");
        });

        assertEquals("last", server.written());
        assertEquals(1, server.completions.get());
        server.assertKept();
    }

    private @Nullable String lastEventId() throws Exception {
        filter((asked, response) -> seen.set(connection(asked)));
        seen.get().abort();
        return seen.get().arrival().lastEventId();
    }

    private void filter(FilterChain chain) throws IOException, ServletException {
        streams().doFilter(request(), response(), chain);
    }

    private StreamFilter streams() {
        return new StreamFilter(admission, patterns, asked -> selectors, Runnable::run, Runnable::run);
    }

    private static ResponseConnection connection(ServletRequest asked) {
        return ResponseConnection.of((HttpServletRequest) asked);
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
