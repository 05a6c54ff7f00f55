package dev.courant.http;

import dev.courant.settings.AllowedOrigins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Allows pages of the configured origins to call Courant (Fetch standard, "CORS protocol"). An origin that is not
 * configured is never reflected: with credentials, that would allow every page.
 */
public final class CorsFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String METHODS = "GET, HEAD, POST, DELETE";
    private static final String REQUEST_HEADERS = "Authorization, Last-Event-ID, Content-Type, Cache-Control,"
            + " Idempotency-Key, Event-Id, Event-Type, Event-Retry";
    private static final String RESPONSE_HEADERS =
            "Link, ETag, Mercure-Last-Event-ID, Last-Event-ID, WWW-Authenticate, Retry-After";

    /** The seconds for which a browser may cache a preflight response. Chromium caches it for 2 hours at most. */
    private static final String MAX_AGE_SECONDS = "7200";

    private final transient AllowedOrigins allowed;

    public CorsFilter(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // Set on every response: a cache must not serve the response for one origin to another.
        response.addHeader(ResponseHeader.VARY_ORIGIN.name(), ResponseHeader.VARY_ORIGIN.value());
        String origin = request.getHeader("Origin");
        boolean listed = allowed.contains(origin);
        if (listed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (isPreflight(request)) {
            if (listed) {
                response.setHeader("Access-Control-Allow-Methods", METHODS);
                response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
                response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
            }
            ResponseHeader.REVALIDATE.set(response);
            ResponseHeader.NO_SNIFF.set(response);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        if (listed) {
            response.setHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
        }
        chain.doFilter(request, response);
    }

    /** A preflight has no body. {@link RequestFilter} refuses a body whose end is ambiguous. */
    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null
                && request.getHeader("Transfer-Encoding") == null;
    }
}
