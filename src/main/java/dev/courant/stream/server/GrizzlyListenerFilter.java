package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds a {@link MalformedRequestProbe} to each listener of Payara and GlassFish at its first request, and removes it when the
 * application is undeployed. It can also close the ports of these listeners. On other servers it does nothing.
 */
public final class GrizzlyListenerFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = System.getLogger(GrizzlyListenerFilter.class.getName());

    private final transient Set<Object> listeners = Collections.synchronizedSet(Collections.newSetFromMap(
            new WeakHashMap<>())); // their HttpServerFilters, which have no equals of their own
    private final transient Set<Object> transports =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())); // of these listeners
    private volatile boolean otherServer;
    private transient volatile @Nullable MalformedRequestProbe probe;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!otherServer) {
            attach(request);
        }
        chain.doFilter(request, response);
    }

    private void attach(HttpServletRequest request) {
        try {
            Object grizzly = GrizzlyTransport.request(request);
            Object listener = call(grizzly, "getHttpFilter");
            if (listeners.add(listener)) {
                transports.add(call(call(call(grizzly, "getContext"), "getConnection"), "getTransport"));
                probe(request.getContextPath(), listener).addTo(listener);
            }
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            otherServer = true;
            LOG.log(Level.DEBUG, "This is not Grizzly", unknown);
        }
    }

    private synchronized MalformedRequestProbe probe(String context, Object listener)
            throws ReflectiveOperationException {
        MalformedRequestProbe known = probe;
        if (known == null) {
            known = new MalformedRequestProbe(context, listener);
            probe = known;
        }
        return known;
    }

    /**
     * Closes the ports at which requests have come; open connections stay open. Only a server that is about to stop, with
     * no other application in it, may be asked for this.
     */
    public void closePorts() {
        callTransports("unbindAll");
    }

    /** Closes all connections of these ports. Call {@link #closePorts} before. */
    public void closeConnections() {
        callTransports("shutdownNow");
    }

    private void callTransports(String method) {
        synchronized (transports) {
            for (Object transport : transports) {
                try {
                    call(transport, method);
                } catch (ReflectiveOperationException unknown) {
                    LOG.log(Level.DEBUG, "A port stays open", unknown);
                }
            }
        }
    }

    @Override
    public void destroy() {
        MalformedRequestProbe known = probe;
        if (known != null) {
            synchronized (listeners) {
                listeners.forEach(known::removeFrom);
            }
        }
    }
}
