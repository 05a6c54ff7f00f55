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
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Adds a {@link MalformedRequestProbe} and a {@link ContinueProbe} to each listener of Payara and GlassFish at its first
 * request, and removes them when the application is undeployed. It can also close the ports of these listeners. On other servers it does nothing.
 */
public final class GrizzlyListenerFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = System.getLogger(GrizzlyListenerFilter.class.getName());

    private final transient Map<Object, GrizzlyProbe> probes =
            Collections.synchronizedMap(new WeakHashMap<>()); // by their filters, which have no equals of their own
    private final transient Set<Object> transports =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())); // of these listeners
    private volatile boolean otherServer;

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
            Object grizzly = GrizzlyRequests.unwrap(request);
            Object listener = call(grizzly, "getHttpFilter");
            if (!probes.containsKey(listener)) {
                transports.add(call(call(call(grizzly, "getContext"), "getConnection"), "getTransport"));
                String context = request.getContextPath();
                for (Object codec : GrizzlyRequests.codecs(grizzly)) {
                    add(codec, new ContinueProbe(context, codec));
                }
                add(listener, new MalformedRequestProbe(context, listener));
            }
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            otherServer = true;
            LOG.log(Level.DEBUG, "This is not Grizzly", unknown);
        }
    }

    private void add(Object filter, GrizzlyProbe probe) throws ReflectiveOperationException {
        if (probes.putIfAbsent(filter, probe) == null) {
            probe.addTo(filter);
        }
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
        synchronized (probes) {
            probes.forEach((filter, probe) -> probe.removeFrom(filter));
        }
    }
}
