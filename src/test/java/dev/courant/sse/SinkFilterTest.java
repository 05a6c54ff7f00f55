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
import dev.courant.support.FakeRequest;
import dev.courant.support.InterfaceFake;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private final FakeRequest fake = new FakeRequest("203.0.113.7")
            .returning("getMethod", "GET")
            .returning("getQueryString", null)
            .returning(
                    "getAsyncContext", InterfaceFake.create(AsyncContext.class, (call, none) -> serverCalls.add(call)));
    private final SinkFilter filter =
            new SinkFilter(opener, (topics, access, connection) -> recorded.addAll(topics), fake.request());

    @Test
    void passesOtherMethodsUnchanged() throws Exception {
        fake.returning("getMethod", "POST");
        HttpServletRequest given = fake.request();
        doFilter(given, (request, response) -> {
            assertSame(given, request);
            assertThrows(IllegalStateException.class, () -> filter.open(sink, TOPICS, (start, connection) -> {}));
        });
    }

    @Test
    void refusesASinkOutsideOfItsRequest() {
        HttpServletRequest none = InterfaceFake.create(HttpServletRequest.class, (name, arguments) -> {
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
        doFilter(fake.request(), (request, response) -> {
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
                () -> doFilter(fake.request(), (request, response) -> {
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
        HttpServletResponse response =
                InterfaceFake.create(HttpServletResponse.class, (name, arguments) -> switch (name) {
                    case "getOutputStream" -> new ServerOutput();
                    case "flushBuffer" -> serverCalls.add(name);
                    default -> throw new UnsupportedOperationException(name);
                });
        filter.doFilter(request, response, chain);
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
