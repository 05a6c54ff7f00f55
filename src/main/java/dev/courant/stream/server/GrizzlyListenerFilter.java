package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.findMethod;

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
 * A filter that adds the probes of this package to each listener of Payara and GlassFish at its first request, and sets up
 * its buffers. It removes the probes when the application is undeployed, and can close the ports of these listeners. On
 * other servers it does nothing. Thread-safe.
 */
public final class GrizzlyListenerFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** The maximum size of a buffer that is a slice of a larger array: no buffer is. */
    private static final int MAX_SLICE_BYTES = 0;

    private static final int MIN_BUFFER_BYTES = 32; // as in Grizzly's own manager

    private static final Logger LOG = System.getLogger(GrizzlyListenerFilter.class.getName());

    private final transient Map<Object, GrizzlyProbe> probes =
            Collections.synchronizedMap(new WeakHashMap<>()); // by Grizzly filter; these do not override equals
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
                Object transport = call(call(call(grizzly, "getContext"), "getConnection"), "getTransport");
                if (transports.add(transport)) {
                    allocateExactBuffers(transport);
                }
                String context = request.getContextPath();
                for (Object codec : GrizzlyRequests.codecs(grizzly)) {
                    add(codec, new RequestBodyProbe(context, codec));
                }
                add(listener, new MalformedRequestProbe(context, listener));
            }
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            otherServer = true;
            LOG.log(Level.DEBUG, "The server does not use Grizzly", unknown);
        }
    }

    /**
     * Makes Grizzly allocate an array for each buffer. The buffers of {@code ByteBufferManager}, which {@code courant.jar}
     * configures, are slices of arrays of 64 KiB. A request keeps the slice with its headers until it ends. So open
     * streams would keep many such arrays while other clients post large bodies.
     */
    private static void allocateExactBuffers(Object transport) throws ReflectiveOperationException {
        Object manager = call(transport, "getMemoryManager");
        if (manager.getClass().getName().equals("org.glassfish.grizzly.memory.ByteBufferManager")
                && !(boolean) call(manager, "isDirect")) {
            Object exact = manager.getClass()
                    .getConstructor(boolean.class, int.class, int.class)
                    .newInstance(false, MAX_SLICE_BYTES, MIN_BUFFER_BYTES);
            findMethod(transport, "setMemoryManager", 1).invoke(transport, exact);
        }
    }

    private void add(Object filter, GrizzlyProbe probe) throws ReflectiveOperationException {
        if (probes.putIfAbsent(filter, probe) == null) {
            probe.addTo(filter);
        }
    }

    /**
     * Closes the ports of the listeners that have received requests; open connections stay open. Call this only if the
     * server is about to stop and runs no other application.
     */
    public void closePorts() {
        callTransports("unbindAll");
    }

    /** Closes all connections of these ports. Call {@link #closePorts} first. */
    public void closeConnections() {
        callTransports("shutdownNow");
    }

    private void callTransports(String method) {
        synchronized (transports) {
            for (Object transport : transports) {
                try {
                    call(transport, method);
                } catch (ReflectiveOperationException unknown) {
                    LOG.log(Level.DEBUG, "Failed to close a port or its connections", unknown);
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
