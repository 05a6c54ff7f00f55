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
 * Answers every publication when the application stops. On Payara the JAX-RS implementation stops first, and leaves
 * publications whose answer has to wait unanswered for ever.
 */
public final class PendingPublishes extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final long CHECK_NANOS = 5_000_000;

    private static final ResponseHeader TRY_AGAIN = ResponseHeader.retryAfter(10);

    private final transient Map<AsyncContext, HttpServletResponse> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean stopping;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        unanswered.incrementAndGet();
        boolean answered = true;
        try {
            if (stopping) {
                new ProblemException(
                                503,
                                "The server is stopping; the event was not stored.",
                                TRY_AGAIN,
                                ResponseHeader.CLOSE)
                        .send(response);
                return;
            }
            // Whoever answers sets a status. A server that completes a request unanswered, as it stops, would send 200.
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            chain.doFilter(request, response);
            answered = !request.isAsyncStarted() || !await(request.getAsyncContext(), response);
        } finally {
            if (answered) {
                unanswered.decrementAndGet();
            }
        }
    }

    /** Returns false if the request has been answered already. */
    private boolean await(AsyncContext context, HttpServletResponse response) {
        waiting.put(context, response);
        try {
            context.addListener(new Answered(context));
            return true;
        } catch (IllegalStateException already) {
            waiting.remove(context);
            return false;
        }
    }

    /**
     * Refuses publications from now on with {@code 503}, and waits until all those before are answered, or the time is up.
     * Any thread.
     */
    public void refuse(Duration atMost) {
        stopping = true;
        long end = System.nanoTime() + atMost.toNanos();
        while (unanswered.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
    }

    /** Once nothing is on its way to those who wait. */
    public void give() {
        waiting.forEach((context, response) -> {
            try {
                if (!response.isCommitted()) {
                    new ProblemException(
                                    503, "The server is stopping; the event may be stored all the same.", TRY_AGAIN)
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
            if (waiting.remove(context) != null) {
                unanswered.decrementAndGet();
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
