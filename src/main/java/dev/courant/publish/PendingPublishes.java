package dev.courant.publish;

import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A filter that responds to every publication before the application stops. On Payara the JAX-RS implementation stops first,
 * and would never respond to publications that wait for their event to be stored. Thread-safe.
 */
public final class PendingPublishes extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final long CHECK_NANOS = 5_000_000;

    private static final ResponseHeader RETRY_LATER = ResponseHeader.retryAfter(10);

    private final transient Map<AsyncContext, HttpServletResponse> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean stopping;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST") && !request.getMethod().equals("PUT")) {
            chain.doFilter(request, response);
            return;
        }
        pending.incrementAndGet();
        boolean isDone = true;
        try {
            if (stopping) {
                new ProblemException(
                                503,
                                "The server is stopping. The event was not stored. Publish it again after Retry-After.",
                                RETRY_LATER,
                                ResponseHeader.CLOSE)
                        .send(response);
                return;
            }
            // The default for requests that a stopping server completes without a response. Each response replaces it.
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            chain.doFilter(request, response);
            isDone = !request.isAsyncStarted() || !await(request.getAsyncContext(), response);
        } finally {
            if (isDone) {
                pending.decrementAndGet();
            }
        }
    }

    /** Returns false if the response has already been sent. */
    private boolean await(AsyncContext context, HttpServletResponse response) {
        waiting.put(context, response);
        try {
            context.addListener(new CompletionListener(context));
            return true;
        } catch (IllegalStateException already) {
            waiting.remove(context);
            return false;
        }
    }

    /**
     * Refuses new publications with {@code 503}, and waits until all earlier ones have their response or the timeout has
     * passed.
     */
    public void drain(Duration timeout) {
        stopping = true;
        long end = System.nanoTime() + timeout.toNanos();
        while (pending.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
    }

    /**
     * Responds to all waiting publications with {@code 503}. Call this after the log has completed its last
     * publication, so that only publications without a result remain.
     */
    public void failAll() {
        waiting.forEach((context, response) -> {
            try {
                if (!response.isCommitted()) {
                    new ProblemException(
                                    503,
                                    "The server is stopping, and the event may have been stored. Repeat the request with the"
                                            + " same Idempotency-Key after Retry-After.",
                                    RETRY_LATER)
                            .send(response);
                }
                context.complete();
            } catch (RuntimeException already) {
                // Another thread has completed the request, or the client has disconnected.
            }
        });
    }

    private final class CompletionListener implements AsyncListener {

        private final AsyncContext context;

        CompletionListener(AsyncContext context) {
            this.context = context;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (waiting.remove(context) != null) {
                pending.decrementAndGet();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
