package dev.courant.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sets the headers that control how browsers, caches and proxies handle a response: content security, caching and the
 * location of the hub. Resources that open no streams replace the {@code Cache-Control}.
 */
public final class ResponseHeaderFilter extends HttpFilter {

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

    private static final Set<String> FILE_METHODS = Set.of("GET", "HEAD");

    private static final Set<String> PAGE_PATHS = Set.of("/", "/index.html");

    /** The paths of the resources that open streams. */
    private static final Pattern STREAM_PATHS = Pattern.compile("(?s)/sse(/.*)?|/\\.well-known/mercure/?");

    private final transient ResponseHeader hubLink;

    /** @param hubLink the {@code Link} to the hub (Mercure, "Hub Discovery") */
    public ResponseHeaderFilter(ResponseHeader hubLink) {
        this.hubLink = hubLink;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = pathInApplication(request);
        boolean webJar = path.startsWith("/webjars/");
        boolean file = isFile(request);
        ResponseHeader.NO_SNIFF.set(response);
        if (file) { // not for a stream: it loads nothing, and its headers stay in memory until it ends
            response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            response.setHeader("Referrer-Policy", "no-referrer");
        }
        if (STREAM_PATHS.matcher(path).matches()) {
            // For every method: HEAD returns the headers of GET, and no cache may store the response to POST.
            ResponseHeader.STREAM.set(response);
            response.setHeader("X-Accel-Buffering", "no"); // otherwise nginx buffers events
        } else {
            // The path of a WebJar contains its version. Other files are revalidated, mostly with the result 304.
            (webJar ? ResponseHeader.IMMUTABLE : ResponseHeader.REVALIDATE).set(response);
        }
        if (file && !FILE_METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD, OPTIONS");
            if (request.getMethod().equals("OPTIONS")) { // a server would also list PUT and DELETE
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
            return;
        }
        if (file && path.length() > 1 && path.endsWith("/")) {
            // A directory, or a file with a slash after it: servers would respond in different ways.
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (PAGE_PATHS.contains(path)) {
            hubLink.set(response);
        }
        chain.doFilter(request, response);
    }

    /**
     * Returns the path without that of the application. On most servers files belong to the default servlet, which has no
     * path info; on Open Liberty the path info is the whole path.
     */
    private static String pathInApplication(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return request.getServletPath() + (pathInfo == null ? "" : pathInfo);
    }

    /** Returns whether the path belongs to none of Courant's servlets. Some servers respond with a file even to a POST. */
    private static boolean isFile(HttpServletRequest request) {
        MappingMatch match = request.getHttpServletMapping().getMappingMatch();
        return match != MappingMatch.PATH && match != MappingMatch.EXACT;
    }
}
