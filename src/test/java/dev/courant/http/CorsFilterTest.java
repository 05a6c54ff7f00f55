package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.auth.AuthExchange;
import dev.courant.settings.AllowedOrigins;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsFilterTest {

    private static final Map<String, String> PREFLIGHT_HEADERS =
            Map.of("Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff");

    private final CorsFilter cors = new CorsFilter(
            new AllowedOrigins(List.of("https://app.example", "http://localhost:3000", "https://b.example")));

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example", "http://localhost:3000", "https://b.example"})
    void allowsAConfiguredOriginToReadTheResponse(String origin) throws IOException, ServletException {
        AuthExchange exchange = through("GET", "Origin", origin);

        assertTrue(exchange.passed);
        assertEquals(
                Map.of(
                        "Vary", "Origin",
                        "Access-Control-Allow-Origin", origin,
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Expose-Headers",
                                "Link, ETag, Mercure-Last-Event-ID, Last-Event-ID, WWW-Authenticate, Retry-After"),
                exchange.responseHeaders);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                "",
                "https://app.example.evil.example",
                "https://evil.example",
                "http://app.example",
                "https://app.example:8443",
                "https://app.example/",
                "HTTPS://APP.EXAMPLE",
                "https://app.example https://app.example",
                "https://xapp.example",
                "https://b.example:443",
                "app.example"
            })
    void sendsNoCorsHeadersToOtherOrigins(String origin) throws IOException, ServletException {
        for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
            AuthExchange exchange = through(method, "Origin", origin, "Access-Control-Request-Method", "POST");

            exchange.responseHeaders.keySet().removeAll(PREFLIGHT_HEADERS.keySet());
            assertEquals(Map.of("Vary", "Origin"), exchange.responseHeaders, method);
            assertEquals(!method.equals("OPTIONS"), exchange.passed);
        }
    }

    @Test
    void answersAPreflight() throws IOException, ServletException {
        AuthExchange exchange =
                through("OPTIONS", "Origin", "https://app.example", "Access-Control-Request-Method", "DELETE");

        assertFalse(exchange.passed);
        assertEquals(204, exchange.status);
        assertTrue(exchange.responseHeaders.entrySet().containsAll(PREFLIGHT_HEADERS.entrySet()));
        exchange.responseHeaders.keySet().removeAll(PREFLIGHT_HEADERS.keySet());
        assertEquals(
                Map.of(
                        "Vary", "Origin",
                        "Access-Control-Allow-Origin", "https://app.example",
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE",
                        "Access-Control-Allow-Headers",
                                "Authorization, Last-Event-ID, Content-Type, Cache-Control, Idempotency-Key, Event-Id,"
                                        + " Event-Type, Event-Retry",
                        "Access-Control-Max-Age", "7200"),
                exchange.responseHeaders);
    }

    @Test
    void passesOnOtherOptionsRequests() throws IOException, ServletException {
        assertTrue(through("OPTIONS", "Origin", "https://app.example").passed);
        assertTrue(through("OPTIONS", "Access-Control-Request-Method", "GET").passed);
    }

    @Test
    void leavesABodyToTheFilterThatChecksItsFraming() throws IOException, ServletException {
        assertTrue(through(
                        "OPTIONS",
                        "Origin",
                        "https://app.example",
                        "Access-Control-Request-Method",
                        "POST",
                        "Transfer-Encoding",
                        "gzip, chunked")
                .passed);
    }

    @Test
    void sendsVaryWithoutAnOrigin() throws IOException, ServletException {
        assertEquals(Map.of("Vary", "Origin"), through("GET").responseHeaders);
    }

    private AuthExchange through(String method, String... headers) throws IOException, ServletException {
        AuthExchange exchange = new AuthExchange(method);
        for (int i = 0; i < headers.length; i += 2) {
            exchange.with(headers[i], headers[i + 1]);
        }
        cors.doFilter(exchange.request(), exchange.response(), (request, response) -> exchange.passed = true);
        return exchange;
    }
}
