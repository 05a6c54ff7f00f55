package dev.courant.stream;

import dev.courant.event.TopicSelector;
import dev.courant.http.RequestContext;
import dev.courant.http.ResponseHeader;
import dev.courant.http.StreamAdmission;
import dev.courant.hub.SubscribeRequest;
import dev.courant.stream.server.ServerTransport;
import dev.courant.stream.server.WriteRetryLoop;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
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
 * A filter that replaces the response of each stream by a {@link ResponseConnection}. After the JAX-RS implementation
 * has opened the stream, the connection starts writing to the server's response.
 */
public final class StreamResponseFilter extends HttpFilter {

    /**
     * Prefixes of the {@code User-Agent} of libraries that may send {@code no-cache} although they report blocks
     * without data to the application. Python's sseclient always sends it. The JDK's HttpURLConnection, which Jersey
     * uses, sends it after {@code setDefaultUseCaches(false)}.
     */
    private static final List<String> REPORTING_AGENTS = List.of("python-requests/", "Jersey/", "Java/");

    private static final long serialVersionUID = 1;

    /** The time in which a closing stream must send its last bytes. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private final transient StreamAdmission admission;
    private final transient PatternQuota patterns;
    private final transient Function<HttpServletRequest, List<TopicSelector>> selectors;
    private final transient StreamCloser closer;
    private final transient Executor blockedWriteExecutor;
    private final transient WriteRetryLoop retryLoop;

    /**
     * @param selectors returns all selectors that a request names; {@link PatternQuota} limits the patterns among them
     * @param closeExecutor ends streams; each end may occupy a thread for seconds
     * @param blockedWriteExecutor runs writes that block until the client reads or is disconnected, on servers that
     *     have no others
     */
    public StreamResponseFilter(
            StreamAdmission admission,
            PatternQuota patterns,
            Function<HttpServletRequest, List<TopicSelector>> selectors,
            Executor closeExecutor,
            Executor blockedWriteExecutor) {
        this.admission = admission;
        this.patterns = patterns;
        this.selectors = selectors;
        closer = new StreamCloser(closeExecutor, CLOSE_TIMEOUT);
        this.blockedWriteExecutor = blockedWriteExecutor;
        // Not on blockedWriteExecutor: its threads may all be blocked, and this loop interrupts them.
        retryLoop = new WriteRetryLoop(closeExecutor);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // For every method: HEAD returns the headers of GET, and a cache must not store the response to POST either.
        ResponseHeader.STREAM.set(response);
        response.setHeader("X-Accel-Buffering", "no"); // otherwise nginx buffers events
        if (!request.getMethod().equals("GET")) {
            chain.doFilter(request, response);
            return;
        }
        // Before admission: if this throws, no stream has been counted.
        SubscribeRequest subscribeRequest = readSubscribeRequest(request);
        Runnable release = admission.admit(request, response);
        if (release == null) {
            return;
        }
        ResponseConnection connection = new ResponseConnection(subscribeRequest, closer, release);
        StreamResponse wrapped = new StreamResponse(response, connection);
        RequestContext.put(request, ResponseConnection.class, connection);
        try {
            if (patterns.admit(request, wrapped, connection, selectors.apply(request))) {
                chain.doFilter(new StreamRequest(request, connection), wrapped);
            }
            if (request.isAsyncStarted()) {
                wrapped.flushBuffer(); // passes on an error document, if one was written instead of events
                ServerTransport transport = ServerTransport.detect(request, response, blockedWriteExecutor, retryLoop);
                ServletOutputStream out = transport.wrap(response.getOutputStream());
                connection.start(request.getAsyncContext(), out, transport);
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
        } catch (IOException disconnected) {
            connection.onError(disconnected); // handled here, since the server would log a stack trace
        }
    }

    private static SubscribeRequest readSubscribeRequest(HttpServletRequest request) {
        String header = request.getHeader("Last-Event-ID");
        // A new EventSource cannot set the header, so its page passes the id as a parameter.
        String lastEventId = header != null ? header : request.getParameter("lastEventId");
        boolean visibleHeartbeats = "event".equals(request.getParameter("heartbeat"));
        return new SubscribeRequest(lastEventId, ignoresBlocksWithoutData(request), visibleHeartbeats, null);
    }

    /**
     * Returns whether the client ignores a block without data, for example {@code retry:} and {@code id:} with an empty
     * line after them. HTML 9.2.6 requires that. Jersey, RESTEasy, httpx-sse and OpenAI's decoder report such a block
     * as an event. An EventSource is recognized by {@code no-cache}, which HTML and Fetch require and which only {@link
     * #REPORTING_AGENTS} send otherwise. See docs/clients.md.
     */
    private static boolean ignoresBlocksWithoutData(HttpServletRequest request) {
        String cache = request.getHeader("Cache-Control");
        String agent = request.getHeader("User-Agent");
        boolean reports = agent != null && REPORTING_AGENTS.stream().anyMatch(agent::startsWith);
        return cache != null && cache.toLowerCase(Locale.ROOT).contains("no-cache") && !reports;
    }
}
