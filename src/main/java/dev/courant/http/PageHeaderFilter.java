package dev.courant.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Sets the headers by which a browser handles a response: what a page may load, how long a response may be cached, and where
 * the hub is. Later filters and resources replace the {@code Cache-Control} of what is no file.
 */
public final class PageHeaderFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");

    private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");

    private static final Set<String> PAGE = Set.of("/", "/index.html");

    private final transient ResponseHeader hubLink;

    /** @param hubLink names the hub (Mercure, "Hub Discovery") */
    public PageHeaderFilter(ResponseHeader hubLink) {
        this.hubLink = hubLink;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        boolean webJar = path.startsWith("/webjars/");
        boolean file = isFile(request);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (file) { // a stream loads nothing, and each of its headers is kept as long as it goes on
            response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            response.setHeader("Referrer-Policy", "no-referrer");
        }
        // A library's address names its version; all else is asked for again, and mostly answered by 304.
        (webJar ? ResponseHeader.IMMUTABLE : ResponseHeader.REVALIDATE).set(response);
        if (file && !READING.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", READING));
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        if (file && path.length() > 1 && path.endsWith("/")) {
            // A directory, or a file as if it were one: each server would say something else of it.
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (PAGE.contains(path)) {
            hubLink.set(response);
        }
        chain.doFilter(request, response);
    }

    /** Below the application's own; most servers map files to the default servlet, Open Liberty to any path. */
    private static String path(HttpServletRequest request) {
        String below = request.getPathInfo();
        return request.getServletPath() + (below == null ? "" : below);
    }

    /** Not mapped to any servlet of ours; some servers give a file in answer to a POST too. */
    private static boolean isFile(HttpServletRequest request) {
        MappingMatch match = request.getHttpServletMapping().getMappingMatch();
        return match != MappingMatch.PATH && match != MappingMatch.EXACT;
    }
}
