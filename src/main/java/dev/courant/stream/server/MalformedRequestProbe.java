package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.known;

import dev.courant.http.PathFilter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A probe of Grizzly that repairs a path with a malformed escape and a malformed {@code Host}, and marks the request,
 * before the server decodes them. Payara and GlassFish answer such a request by an empty {@code 200} and log a stack trace,
 * because the exception of the decoder ends their request processing before a status is set. The repaired request reaches
 * the application, which refuses it.
 */
final class MalformedRequestProbe {

    private static final Logger LOG = System.getLogger(MalformedRequestProbe.class.getName());

    private static final String PROBE = "org.glassfish.grizzly.http.server.HttpServerProbe";

    private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** A host that Grizzly parses without an exception: a name, an IPv4 address or an IPv6 address in brackets, and a port. */
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(:[0-9]{1,5})?");

    private final String context;
    private final Object probes; // an array of one

    /** @param context the path of the application: other applications' requests are left alone */
    MalformedRequestProbe(String context, Object listener) throws ReflectiveOperationException {
        this.context = context;
        ClassLoader server = listener.getClass().getClassLoader();
        Class<?> type = Class.forName(PROBE, false, server);
        probes = Array.newInstance(type, 1);
        Array.set(probes, 0, Proxy.newProxyInstance(server, new Class<?>[] {type}, this::invoke));
    }

    /** @param listener a {@code HttpServerFilter} */
    void addTo(Object listener) throws ReflectiveOperationException {
        change("addProbes", listener);
    }

    void removeFrom(Object listener) {
        try {
            change("removeProbes", listener);
        } catch (ReflectiveOperationException unknown) {
            LOG.log(Level.DEBUG, "A listener keeps its probe", unknown);
        }
    }

    private void change(String method, Object listener) throws ReflectiveOperationException {
        Object probesOfListener = call(listener, "getMonitoringConfig");
        known(probesOfListener).getMethod(method, Object[].class).invoke(probesOfListener, probes);
    }

    private @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> PROBE;
            case "onRequestReceiveEvent" -> {
                if (arguments != null) {
                    repair(arguments[2]);
                }
                yield null;
            }
            default -> null;
        };
    }

    private void repair(Object request) {
        try {
            Object packet = call(request, "getRequest");
            Object uri = call(packet, "getRequestURIRef");
            String path = String.valueOf(call(uri, "getURI"));
            if (!path.startsWith(context)) {
                return;
            }
            if (MALFORMED_ESCAPE.matcher(path).find()) {
                known(uri)
                        .getMethod("setURI", String.class)
                        .invoke(uri, MALFORMED_ESCAPE.matcher(path).replaceAll("%25"));
                mark(request, "The path has a percent sign without two hexadecimal digits: write %25.");
            }
            Object host = known(packet).getMethod("getHeader", String.class).invoke(packet, "Host");
            if (host != null && !HOST.matcher((String) host).matches()) {
                Object headers = call(packet, "getHeaders");
                Object value =
                        known(headers).getMethod("setValue", String.class).invoke(headers, "Host");
                known(value).getMethod("setString", String.class).invoke(value, "malformed");
                mark(request, "The Host header is no host and port.");
            }
        } catch (ReflectiveOperationException unknown) {
            LOG.log(Level.DEBUG, "A request was not looked at", unknown);
        }
    }

    private static void mark(Object request, String detail) throws ReflectiveOperationException {
        known(request)
                .getMethod("setAttribute", String.class, Object.class)
                .invoke(request, PathFilter.MALFORMED_ATTRIBUTE, detail);
    }
}
