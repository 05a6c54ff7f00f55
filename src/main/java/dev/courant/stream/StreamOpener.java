package dev.courant.stream;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessRights;
import dev.courant.event.TopicSelector;
import dev.courant.http.EndedStreamException;
import dev.courant.http.FormParameters;
import dev.courant.http.RefusedStreamException;
import dev.courant.hub.StreamEndedException;
import dev.courant.hub.SubscribeRequest;
import dev.courant.log.LogUnavailableException;
import dev.courant.stream.server.ServerTransport;
import dev.courant.stream.server.WriteRetryLoop;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Opens the streams of all resources. JAX-RS suspends the request, and the hub writes the response by a
 * {@link ResponseConnection}. A stream that cannot be opened is refused by an exception, before the first byte of the
 * response. Thread-safe.
 */
public final class StreamOpener {

    /**
     * Prefixes of the {@code User-Agent} of libraries that may send {@code no-cache} although they report blocks
     * without data to the application. Python's sseclient always sends it. The JDK's HttpURLConnection, which Jersey
     * uses, sends it after {@code setDefaultUseCaches(false)}.
     */
    private static final List<String> REPORTING_AGENTS = List.of("python-requests/", "Jersey/", "Java/");

    /** The time in which a closing stream must send its last bytes. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    /** Subscribes a stream that has been admitted. */
    @FunctionalInterface
    public interface Subscriber {

        /**
         * Subscribes the connection to the hub, and may set headers of the response, which starts afterwards.
         *
         * @param request the parameters of the client
         */
        void subscribe(AccessRights access, SubscribeRequest request, ResponseConnection connection);
    }

    private final StreamQuota quota;
    private final TokenStreams tokenStreams;
    private final StreamCloser closer;
    private final Executor blockedWriteExecutor;
    private final WriteRetryLoop retryLoop;

    /**
     * @param closeExecutor ends streams; each end may occupy a thread for seconds
     * @param blockedWriteExecutor runs writes that block until the client reads or is disconnected, on servers that
     *     have no others
     */
    public StreamOpener(
            StreamQuota quota, TokenStreams tokenStreams, Executor closeExecutor, Executor blockedWriteExecutor) {
        this.quota = quota;
        this.tokenStreams = tokenStreams;
        closer = new StreamCloser(closeExecutor, CLOSE_TIMEOUT);
        this.blockedWriteExecutor = blockedWriteExecutor;
        // Not on blockedWriteExecutor: its threads may all be blocked, and this loop interrupts them.
        retryLoop = new WriteRetryLoop(closeExecutor);
    }

    /**
     * Opens a stream. Call this on the request thread, while the request is suspended.
     *
     * @param patterns the selectors of the stream; their patterns count for the limits
     * @throws RefusedStreamException if a limit is reached, or the log is unavailable
     * @throws EndedStreamException if all topics have ended, and the client has received the last event
     */
    public void open(HttpServletRequest request, Collection<TopicSelector> patterns, Subscriber subscriber) {
        // Its request and response are those of the server. The ones that JAX-RS injects may be proxies.
        AsyncContext context = request.getAsyncContext();
        ResponseConnection connection = subscribe(request, patterns, subscriber);
        try {
            start(connection, context, context.getRequest(), (HttpServletResponse) context.getResponse());
        } catch (IOException failed) {
            connection.onError(failed);
            throw new UncheckedIOException(failed);
        } catch (RuntimeException | Error failed) {
            connection.onError(failed);
            throw failed;
        }
    }

    /** Does the first part of {@link #open}: subscribes a connection, to which no byte is written before its start. */
    public ResponseConnection subscribe(
            HttpServletRequest request, Collection<TopicSelector> patterns, Subscriber subscriber) {
        AccessRights access = AccessFilter.getRights(request);
        ResponseConnection connection = new ResponseConnection(closer, quota.admit(request, patterns));
        try {
            String token = access.fingerprint();
            Duration lifetime = token == null ? null : tokenStreams.register(connection, token, access.expires());
            subscriber.subscribe(access, readSubscribeRequest(request, lifetime), connection);
            return connection;
        } catch (LogUnavailableException unavailable) {
            connection.onError(unavailable);
            throw new RefusedStreamException(unavailable);
        } catch (StreamEndedException ended) {
            connection.onError(ended);
            throw new EndedStreamException(ended);
        } catch (RuntimeException | Error failed) {
            connection.onError(failed);
            throw failed;
        }
    }

    /**
     * Does the second part of {@link #open}: starts writing. If this throws, the caller passes the exception to the
     * connection.
     *
     * @param request the request of the server, and not a wrapper of it
     * @param response the response of the server, and not a wrapper of it
     */
    public void start(
            ResponseConnection connection, AsyncContext context, ServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/event-stream");
        ServerTransport transport = ServerTransport.detect(request, response, blockedWriteExecutor, retryLoop);
        connection.start(context, transport.wrap(response.getOutputStream()), transport);
    }

    private static SubscribeRequest readSubscribeRequest(HttpServletRequest request, @Nullable Duration lifetime) {
        StreamParameters parameters =
                StreamParameters.read(request, FormParameters.parseQuery(request.getQueryString()));
        return new SubscribeRequest(
                parameters.start(),
                ignoresBlocksWithoutData(request),
                parameters.visibleHeartbeats(),
                lifetime,
                parameters.format());
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
