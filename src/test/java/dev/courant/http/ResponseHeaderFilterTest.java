package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.auth.AuthExchange;
import dev.courant.support.InterfaceFake;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeaderFilterTest {

    private static final HttpServletMapping RESOURCE =
            InterfaceFake.create(HttpServletMapping.class, (name, given) -> MappingMatch.PATH);

    private final ResponseHeaderFilter filter = new ResponseHeaderFilter(new ResponseHeader("Link", "<hub>"));

    @ParameterizedTest
    @CsvSource({
        "GET, /sse,",
        "POST, /sse, /a/b",
        "HEAD, /sse, '/a\nb'",
        "OPTIONS, /.well-known, /mercure",
        "GET, /.well-known, /mercure/"
    })
    void keepsProxiesFromStoringOrDelayingStreams(String method, String root, String rest)
            throws IOException, ServletException {
        assertEquals(
                Map.of(
                        "Cache-Control", "no-store, no-transform",
                        "X-Accel-Buffering", "no",
                        "X-Content-Type-Options", "nosniff"),
                headers(method, root, rest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/mercure/subscriptions", "/ops/health/ready", "/ssex", "/a/sse"})
    void makesCachesRevalidateOtherResponses(String path) throws IOException, ServletException {
        assertEquals(
                Map.of("Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff"), headers("GET", path, null));
    }

    private Map<String, String> headers(String method, String root, String rest) throws IOException, ServletException {
        AuthExchange exchange = new AuthExchange(method);
        HttpServletRequest request = new HttpServletRequestWrapper(exchange.request()) {
            @Override
            public String getServletPath() {
                return root;
            }

            @Override
            public String getPathInfo() {
                return rest;
            }

            @Override
            public HttpServletMapping getHttpServletMapping() {
                return RESOURCE;
            }
        };
        filter.doFilter(request, exchange.response(), (passed, response) -> exchange.passed = true);
        assertTrue(exchange.passed);
        return exchange.responseHeaders;
    }
}
