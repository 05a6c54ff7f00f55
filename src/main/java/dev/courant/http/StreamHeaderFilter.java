package dev.courant.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps caches and proxies from storing or delaying the responses of a resource that opens streams. This applies to every
 * method: {@code HEAD} returns the headers of {@code GET}, and a cache must not store the response to {@code POST} either.
 */
public final class StreamHeaderFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ResponseHeader.STREAM.set(response);
        response.setHeader("X-Accel-Buffering", "no"); // otherwise nginx buffers events
        chain.doFilter(request, response);
    }
}
