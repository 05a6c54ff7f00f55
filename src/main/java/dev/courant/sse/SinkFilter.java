package dev.courant.sse;

import static java.util.stream.Collectors.joining;

import dev.courant.event.Topic;
import dev.courant.http.RequestContext;
import dev.courant.hub.Connection;
import dev.courant.hub.SubscribeRequest;
import dev.courant.stream.ResponseConnection;
import dev.courant.stream.StreamOpener;
import dev.courant.stream.StreamRegistry;
import jakarta.enterprise.context.ContextException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A filter for streams whose resource takes a sink of JAX-RS: {@code GET /sse}. If the resource opens the sink or registers
 * it with a {@link TopicBroadcaster}, the hub writes the response after JAX-RS has returned. Otherwise JAX-RS writes
 * it, for example if the stream is refused.
 */
public final class SinkFilter extends HttpFilter implements SinkOpener {

    private static final long serialVersionUID = 1;

    private final transient StreamOpener opener;
    private final transient StreamRegistry registry;
    private final transient HttpServletRequest currentRequest;

    /** @param currentRequest a CDI proxy for the request of the current thread */
    public SinkFilter(StreamOpener opener, StreamRegistry registry, HttpServletRequest currentRequest) {
        this.opener = opener;
        this.registry = registry;
        this.currentRequest = currentRequest;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("GET")) {
            chain.doFilter(request, response);
            return;
        }
        SinkExchange exchange = new SinkExchange(request, response);
        RequestContext.put(request, SinkExchange.class, exchange);
        try {
            chain.doFilter(exchange.request, exchange.response);
            ResponseConnection connection = exchange.connection;
            if (connection != null) {
                opener.start(connection, request.getAsyncContext(), request, response);
            }
        } catch (IOException | ServletException | RuntimeException | Error failed) {
            ResponseConnection connection = exchange.connection;
            if (connection != null) {
                connection.onError(failed);
            }
            throw failed;
        }
    }

    @Override
    public void open(SseEventSink sink, Set<Topic> topics, BiConsumer<SubscribeRequest, Connection> subscriber) {
        SinkExchange exchange = findExchange();
        if (exchange == null) {
            throw new IllegalStateException("The hub cannot write to a "
                    + sink.getClass().getName() + " outside of its request. Clients subscribe to "
                    + topics.stream().map(Topic::name).collect(joining(", ")) + " at /sse; a bean uses Hub.subscribe.");
        }
        if (exchange.connection != null) {
            throw new IllegalStateException("The hub writes to this sink already. Register it once.");
        }
        exchange.connection = opener.subscribe(exchange.request, Set.of(), (access, subscribeRequest, connection) -> {
            registry.register(topics, access, connection);
            subscriber.accept(subscribeRequest, connection);
        });
    }

    private @Nullable SinkExchange findExchange() {
        try {
            return RequestContext.find(currentRequest, SinkExchange.class);
        } catch (ContextException | IllegalStateException noRequest) {
            return null;
        }
    }
}
