package dev.courant.door;

import dev.courant.problem.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers those who publish and whose answer has to wait, as the application goes, where the JAX-RS implementation does
 * not any more: on Payara it goes first, and leaves them waiting for as long as they like.
 */
public final class LastAnswers extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient Map<AsyncContext, HttpServletResponse> waiting = new ConcurrentHashMap<>();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST")) {
            // Whoever answers sets a status. A server that completes a request unanswered, as it stops, would send 200.
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        chain.doFilter(request, response);
        if (request.getMethod().equals("POST") && request.isAsyncStarted()) {
            AsyncContext context = request.getAsyncContext();
            waiting.put(context, response);
            try {
                context.addListener(new Answered(context));
            } catch (IllegalStateException already) {
                waiting.remove(context);
            }
        }
    }

    /** Once nothing is on its way to those who wait. */
    public void give() {
        waiting.forEach((context, response) -> {
            try {
                if (!response.isCommitted()) {
                    new ProblemException(
                                    503,
                                    "The server is stopping; the event may be stored all the same.",
                                    Map.of("Retry-After", "10"))
                            .send(response);
                }
                context.complete();
            } catch (RuntimeException already) {
                // Somebody was quicker, or nobody is left to tell.
            }
        });
    }

    private final class Answered implements AsyncListener {

        private final AsyncContext context;

        Answered(AsyncContext context) {
            this.context = context;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            waiting.remove(context);
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
