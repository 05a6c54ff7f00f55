package dev.courant.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A filter that checks requests before JAX-RS, and responds to those that it refuses. */
public abstract class ProblemFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /**
     * Checks a request. The filter passes values that it has parsed to the resource by {@link RequestContext}.
     *
     * @throws ProblemException if the request is refused
     */
    protected abstract void check(HttpServletRequest request);

    /** Returns the request to pass to the next filter. */
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
