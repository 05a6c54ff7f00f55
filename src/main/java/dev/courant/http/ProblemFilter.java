package dev.courant.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter that checks requests before JAX-RS. It answers the requests that it refuses: once there is a sink, the JAX-RS
 * implementation takes the response for a stream, and an exception ends it without an answer.
 */
public abstract class ProblemFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /**
     * Checks a request. What it reads for the resource is passed on by {@link RequestContext}.
     *
     * @throws ProblemException if the request is refused
     */
    protected abstract void check(HttpServletRequest request);

    /** Returns the request that the following filters and the resource are given. */
    protected HttpServletRequest wrap(HttpServletRequest request) {
        return request;
    }

    @Override
    protected final void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            check(request);
        } catch (ProblemException refused) {
            refused.send(response);
            return;
        }
        chain.doFilter(wrap(request), response);
    }
}
