package dev.courant.launch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.logging.Logger;

/**
 * The handlers of SIGTERM and SIGINT, which stop the application before the server. The server's own shutdown hook
 * first makes the application unavailable, so that publishers would get an empty {@code 500} or {@code 503}.
 */
public final class ShutdownSignals {

    private static final int SIGNAL_EXIT_STATUS = 128;

    private static volatile Runnable beforeExit;
    private static volatile boolean exiting;

    private ShutdownSignals() {}

    /**
     * Sets the task that runs before the process exits because of a signal. The application calls this by reflection.
     *
     * @param task runs on the thread of the signal and returns within a few seconds, or null for none
     */
    public static void setBeforeExit(Runnable task) {
        beforeExit = task;
    }

    /** Handles both signals, unless the JVM was started with {@code -Xrs}. */
    static void handleSignals() {
        for (String name : new String[] {"TERM", "INT"}) {
            try {
                handle(name);
            } catch (InvocationTargetException | ClassNotFoundException | NoSuchMethodException notAllowed) {
                return; // the signal then stops the server immediately
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
                        exit(SIGNAL_EXIT_STATUS + number);
                    }
                    return null;
                });
        Method handle = signals.getMethod("handle", signals, handlers);
        handle.invoke(null, signal, handler);
    }

    /** Returns whether the process exits because of a signal. */
    static boolean isExiting() {
        return exiting;
    }

    private static void exit(int status) {
        exiting = true;
        try {
            Runnable task = beforeExit;
            if (task != null) {
                task.run();
            }
        } catch (RuntimeException | LinkageError failed) {
            System.err.println("Courant could not end its streams before the exit: " + failed);
        } finally {
            hideStopMessages();
            System.exit(status);
        }
    }

    /** Hides two messages that the server prints while it stops, whatever the log levels are. Other loggers still log. */
    private static void hideStopMessages() {
        System.out.close();
        Logger.getLogger("PayaraMicro").setFilter(record -> false);
    }
}
