package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A probe that handles events of a Grizzly filter. Called by the thread that reads the request. */
abstract class GrizzlyProbe {

    private static final Logger LOG = System.getLogger(GrizzlyProbe.class.getName());

    private final String context;
    private final Object probes; // an array with one probe

    /**
     * @param context the path of the application; requests of other applications are ignored
     * @param filter the filter to observe
     * @param type the name of Grizzly's probe interface for that filter
     */
    GrizzlyProbe(String context, Object filter, String type) throws ReflectiveOperationException {
        this.context = context;
        ClassLoader server = filter.getClass().getClassLoader();
        Class<?> probe = Class.forName(type, false, server);
        probes = Array.newInstance(probe, 1);
        Array.set(probes, 0, Proxy.newProxyInstance(server, new Class<?>[] {probe}, this::invoke));
    }

    /**
     * @param event the name of the interface method
     * @param arguments its arguments
     */
    abstract void handle(String event, Object[] arguments) throws ReflectiveOperationException;

    final boolean isOfApplication(Object path) {
        return String.valueOf(path).startsWith(context);
    }

    final void addTo(Object filter) throws ReflectiveOperationException {
        change("addProbes", filter);
    }

    final void removeFrom(Object filter) {
        try {
            change("removeProbes", filter);
        } catch (ReflectiveOperationException unknown) {
            LOG.log(Level.DEBUG, "Failed to remove a probe", unknown);
        }
    }

    private void change(String method, Object filter) throws ReflectiveOperationException {
        call(call(filter, "getMonitoringConfig"), method, Object[].class, (Object[]) probes);
    }

    private @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> getClass().getName();
            default -> {
                if (arguments != null) {
                    try {
                        handle(method.getName(), arguments);
                    } catch (ReflectiveOperationException unknown) {
                        LOG.log(Level.DEBUG, "Failed to inspect a request", unknown);
                    }
                }
                yield null;
            }
        };
    }
}
