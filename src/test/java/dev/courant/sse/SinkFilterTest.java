package dev.courant.sse;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.auth.RevokedTokens;
import dev.courant.event.Topic;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.ProblemException;
import dev.courant.stream.StreamOpener;
import dev.courant.stream.StreamQuota;
import dev.courant.stream.TokenStreams;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests which response the JAX-RS implementation sees. StreamIT tests the streams. */
class SinkFilterTest {

    private static final Set<Topic> TOPICS = Set.of(new Topic("t"));

    private final ClientAddressResolver addresses = new ClientAddressResolver(List.of());
    private final StreamQuota quota =
            new StreamQuota(new StreamQuota.Usage(1, 1), new StreamQuota.Usage(1, 1), addresses, () -> 0);
    private final StreamOpener opener = new StreamOpener(
            quota,
            new TokenStreams(new RevokedTokens(1, Clock.systemUTC()), Clock.systemUTC()),
            Runnable::run,
            Runnable::run);
    private final Set<Topic> recorded = new HashSet<>();
    private final SseEventSink sink = new FakeSink(new RecordingConnection());
    private final List<String> serverCalls = new ArrayList<>();
    private final Map<Object, Object> attributes = new HashMap<>();
    private final Map<String, Object> calls = new HashMap<>(Map.of(
            "getMethod", "GET",
            "getRemoteAddr", "203.0.113.7",
            "getHeaders X-Forwarded-For", Collections.emptyEnumeration()));
    private final SinkFilter filter =
            new SinkFilter(opener, (topics, access, connection) -> recorded.addAll(topics), request());

    @Test
    void passesOtherMethodsUnchanged() throws Exception {
        calls.put("getMethod", "POST");
        HttpServletRequest given = request();
        doFilter(given, (request, response) -> {
            assertSame(given, request);
            assertThrows(IllegalStateException.class, () -> filter.open(sink, TOPICS, (start, connection) -> {}));
        });
    }

    @Test
    void refusesASinkOutsideOfItsRequest() {
        HttpServletRequest none = fake(HttpServletRequest.class, (name, arguments) -> {
            throw new ContextNotActiveException();
        });
        SinkFilter outside = new SinkFilter(opener, (topics, access, connection) -> {}, none);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> outside.open(sink, TOPICS, (start, connection) -> {}));

        assertTrue(refused.getMessage().contains("FakeSink"), refused::getMessage);
        assertTrue(refused.getMessage().contains("subscribe to t at /sse"), refused::getMessage);
    }

    @Test
    void leavesTheResponseToJaxRsIfTheStreamIsRefused() throws Exception {
        doFilter(request(), (request, response) -> {
            assertThrows(
                    ProblemException.class,
                    () -> filter.open(sink, TOPICS, (start, connection) -> {
                        throw new ProblemException(400, "refused");
                    }));
            response.getOutputStream().write('n');
            response.flushBuffer();
            request.getAsyncContext().complete();
        });

        assertEquals(List.of("write n", "flushBuffer", "complete"), serverCalls);
        assertEquals(0, quota.usage().streams());
    }

    @Test
    void keepsJaxRsFromWritingToTheStreamOfTheHub() {
        assertThrows(
                ServletException.class,
                () -> doFilter(request(), (request, response) -> {
                    filter.open(sink, TOPICS, (start, connection) -> {});
                    assertEquals(1, quota.usage().streams());
                    assertThrows(
                            IllegalStateException.class, () -> filter.open(sink, TOPICS, (start, connection) -> {}));
                    assertDoesNotThrow(() -> response.getOutputStream().write('\n'));
                    assertThrows(
                            IOException.class, () -> response.getOutputStream().write('d'));
                    response.flushBuffer();
                    request.getAsyncContext().complete();
                    throw new ServletException("failed");
                }));

        assertEquals(List.of(), serverCalls);
        assertEquals(TOPICS, recorded);
        assertEquals(0, quota.usage().streams(), "the stream of a failed request is no longer counted");
    }

    private void doFilter(HttpServletRequest request, FilterChain chain) throws Exception {
        HttpServletResponse response = fake(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "getOutputStream" -> new ServerOutput();
            case "flushBuffer" -> serverCalls.add(name);
            default -> throw new UnsupportedOperationException(name);
        });
        filter.doFilter(request, response, chain);
    }

    private HttpServletRequest request() {
        return fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getAsyncContext" -> fake(AsyncContext.class, (call, none) -> serverCalls.add(call));
            case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
            case "getAttribute" -> attributes.get(arguments[0]);
            default -> calls.get(name + (arguments == null ? "" : " " + arguments[0]));
        });
    }

    private static <T> T fake(Class<T> type, MethodFake answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object answer = answers.to(method.getName(), given);
            return method.getReturnType() == void.class ? null : answer;
        }));
    }

    private interface MethodFake {
        Object to(String method, Object[] arguments);
    }

    private final class ServerOutput extends ServletOutputStream {

        @Override
        public void write(int b) {
            serverCalls.add("write " + (char) b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }
}
