package dev.courant.stream;

import dev.courant.event.TopicSelector;
import dev.courant.http.RequestContext;
import dev.courant.http.ResponseHeader;
import dev.courant.http.StreamAdmission;
import dev.courant.hub.SubscribeRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Puts a {@link ResponseConnection} under the response of each stream, and gives it the server's own response once the
 * JAX-RS implementation has opened the stream.
 */
public final class StreamFilter extends HttpFilter {

    /**
     * Libraries that report a block without data and may send {@code no-cache} all the same: Python's sseclient always does,
     * and the JDK's HttpURLConnection, by which Jersey asks, wherever somebody has called setDefaultUseCaches(false).
     */
    private static final List<String> REPORTING_AGENTS = List.of("python-requests/", "Jersey/", "Java/");

    private static final long serialVersionUID = 1;

    /** How long a stream that is to end may still take to send what was said. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final transient StreamAdmission admission;
    private final transient PatternQuota patterns;
    private final transient Function<HttpServletRequest, List<TopicSelector>> selectors;
    private final transient StreamCloser departures;
    private final transient Executor waiting;
    private final transient WriteRetryLoop trickle;

    /**
     * @param selectors returns the selectors of a request whose patterns are limited
     * @param ending ends streams, which may take a thread for a while: never a dispatcher's
     * @param waiting has threads that may wait for clients that do not read, until these are cut
     */
    public StreamFilter(
            StreamAdmission admission,
            PatternQuota patterns,
            Function<HttpServletRequest, List<TopicSelector>> selectors,
            Executor ending,
            Executor waiting) {
        this.admission = admission;
        this.patterns = patterns;
        this.selectors = selectors;
        departures = new StreamCloser(ending, PATIENCE);
        this.waiting = waiting;
        trickle = new WriteRetryLoop(ending); // not among those who wait, of whom it brings some back
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // For every method: HEAD describes GET, and the response to POST is not stored either.
        ResponseHeader.STREAM.set(response);
        response.setHeader("X-Accel-Buffering", "no"); // otherwise nginx delays events to collect them
        if (!request.getMethod().equals("GET")) {
            chain.doFilter(request, response);
            return;
        }
        SubscribeRequest arrival = arrival(request); // first: were it to fail, whoever was let in would never leave
        Runnable leave = admission.admit(request, response);
        if (leave == null) {
            return;
        }
        ResponseConnection connection = new ResponseConnection(arrival, departures, leave);
        StreamResponse wrapped = new StreamResponse(response, connection);
        RequestContext.put(request, ResponseConnection.class, connection);
        try {
            if (patterns.admit(request, wrapped, connection, selectors.apply(request))) {
                chain.doFilter(new StreamRequest(request, connection), wrapped);
            }
            if (request.isAsyncStarted()) {
                wrapped.flushBuffer(); // an error document that was written instead of a stream: nobody else does
                ServerTransport pipe = ServerTransport.under(request, waiting, trickle);
                if (pipe.isForOneStream() && request.getProtocol().startsWith("HTTP/1.")) {
                    ResponseHeader.CLOSE.set(response);
                }
                ServletOutputStream out = response.getOutputStream();
                // Another filter's stream makes something else of the bytes, of which the server knows nothing.
                boolean own = !(response instanceof ServletResponseWrapper);
                connection.start(request.getAsyncContext(), own ? pipe.over(out) : out, pipe);
            } else {
                wrapped.flushBuffer();
                finish(connection, response);
            }
        } catch (IOException | ServletException | RuntimeException | Error failed) {
            connection.onError(failed);
            throw failed;
        }
    }

    private static void finish(ResponseConnection connection, HttpServletResponse response) {
        try {
            connection.finish(response.getOutputStream());
        } catch (IOException clientGone) {
            connection.onError(clientGone); // nobody is left to tell, and the server would log it at length
        }
    }

    private static SubscribeRequest arrival(HttpServletRequest request) {
        String header = request.getHeader("Last-Event-ID");
        // A page that was opened anew cannot set the header.
        String lastEventId = header != null ? header : request.getParameter("lastEventId");
        boolean visibleHeartbeats = "event".equals(request.getParameter("heartbeat"));
        return new SubscribeRequest(lastEventId, readsAsTheStandardSays(request), visibleHeartbeats, null);
    }

    /**
     * Returns whether the client ignores a block without data, as HTML 9.2.6 requires. Jersey, RESTEasy, httpx-sse and
     * OpenAI's decoder report such a block as an event. An EventSource identifies itself: HTML and Fetch require its
     * request to carry {@code no-cache}, which those clients send only by {@link #REPORTING_AGENTS}. See docs/clients.md.
     */
    private static boolean readsAsTheStandardSays(HttpServletRequest request) {
        String cache = request.getHeader("Cache-Control");
        String agent = request.getHeader("User-Agent");
        boolean reports = agent != null && REPORTING_AGENTS.stream().anyMatch(agent::startsWith);
        return cache != null && cache.toLowerCase(Locale.ROOT).contains("no-cache") && !reports;
    }
}
