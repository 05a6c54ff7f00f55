package dev.courant.door;

import dev.courant.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Looks at a request on its way to a door. What it refuses is answered here: once there is a sink, the JAX-RS
 * implementation takes the response for a stream, and an exception ends it without an answer.
 */
public abstract class ProblemFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /**
     * Leaves what it finds with the request.
     *
     * @throws ProblemException if the request is refused
     */
    protected abstract void look(HttpServletRequest request);

    @Override
    protected final void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            look(request);
        } catch (ProblemException refused) {
            refused.send(response);
            return;
        }
        chain.doFilter(request, response);
    }
}
