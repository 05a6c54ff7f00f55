package dev.courant.launch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Stops the application before SIGTERM or SIGINT stops the server. The server's own shutdown hook makes the application
 * unavailable first, so publishers would get an empty {@code 500} or {@code 503}.
 */
public final class ShutdownSignals {

    private static final int SIGNAL_EXIT = 128;

    private static volatile Runnable beforeExit;

    private ShutdownSignals() {}

    /**
     * Registers what is called before the process exits because of a signal. The application calls this by reflection.
     *
     * @param application returns soon and may be called by any thread, or null for none
     */
    public static void setBeforeExit(Runnable application) {
        beforeExit = application;
    }

    /** Handles both signals, where the JVM allows it: with {@code -Xrs} it does not. */
    static void handleSignals() {
        for (String name : new String[] {"TERM", "INT"}) {
            try {
                handle(name);
            } catch (InvocationTargetException | ClassNotFoundException | NoSuchMethodException notAllowed) {
                return; // the signal then stops the server at once
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static void handle(String name) throws ReflectiveOperationException {
        Class<?> signals = Class.forName("sun.misc.Signal");
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        Object signal = signals.getConstructor(String.class).newInstance(name);
        int number = (Integer) signals.getMethod("getNumber").invoke(signal);
        Object handler = Proxy.newProxyInstance(
                ShutdownSignals.class.getClassLoader(), new Class<?>[] {handlers}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        exit(SIGNAL_EXIT + number);
                    }
                    return null;
                });
        Method handle = signals.getMethod("handle", signals, handlers);
        handle.invoke(null, signal, handler);
    }

    private static void exit(int status) {
        try {
            Runnable application = beforeExit;
            if (application != null) {
                application.run();
            }
        } catch (RuntimeException | LinkageError failed) {
            System.err.println("Courant could not end its streams before it stops: " + failed);
        } finally {
            System.exit(status);
        }
    }
}
