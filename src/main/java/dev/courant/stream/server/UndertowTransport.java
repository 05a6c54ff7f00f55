package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.findMethod;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The transport of Undertow, the HTTP server of WildFly. Undertow soon reports that a client does not read. With HTTP/2
 * it keeps the connection and its queued bytes after the stream is complete, until the client takes them. It logs an
 * error for each client that has disconnected, unless the I/O thread of the connection closes the response.
 *
 * @param exchange Undertow's request and response
 * @param thread the I/O thread of the connection
 */
record UndertowTransport(Object exchange, Executor thread) implements ServerTransport {

    private static final Logger LOG = System.getLogger(UndertowTransport.class.getName());

    /** Returns the transport of a request, or null on another server. */
    static @Nullable ServerTransport detect(ServletRequest request) {
        try {
            Object exchange = call(request, "getExchange");
            UndertowTransport transport = new UndertowTransport(exchange, (Executor) call(exchange, "getIoThread"));
            transport.closeOnIoThread();
            return transport;
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    /**
     * Makes the I/O thread close the response, also after a failed write. Undertow closes a response by calling its
     * {@code BlockingHttpExchange}. This method replaces that object by a wrapper.
     */
    private void closeOnIoThread() throws ReflectiveOperationException {
        Method method = findMethod(exchange, "startBlocking", 1);
        Class<?> blocking = method.getParameterTypes()[0];
        AtomicReference<Object> original = new AtomicReference<>();
        Object wrapper = Proxy.newProxyInstance(
                blocking.getClassLoader(),
                new Class<?>[] {blocking},
                (self, called, arguments) -> invokeClosingOnIoThread(original.get(), called, arguments));
        original.set(method.invoke(exchange, wrapper));
    }

    private @Nullable Object invokeClosingOnIoThread(
            @Nullable Object original, Method called, Object @Nullable [] arguments) throws Throwable {
        if (called.getName().equals("close") && !(boolean) call(exchange, "isInIoThread")) {
            runOnIoThread(() -> {
                try {
                    called.invoke(original);
                } catch (ReflectiveOperationException gone) {
                    LOG.log(Level.DEBUG, "Failed to close a response", gone);
                }
            });
            return null;
        }
        try {
            return called.invoke(original, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private void runOnIoThread(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException stopping) {
            work.run();
        }
    }

    /** {@inheritDoc} Removes the buffer of 16 KiB for each stream, so that each write is sent at once. */
    @Override
    public ServletOutputStream wrap(ServletOutputStream server) {
        try {
            call(server, "setBufferSize", int.class, 1); // the minimum
        } catch (ReflectiveOperationException unknown) {
            LOG.log(Level.DEBUG, "Failed to remove the buffer of a response", unknown);
        }
        return server;
    }

    @Override
    public void end(Runnable completion) {
        runOnIoThread(() -> ServerTransport.super.end(completion));
    }

    @Override
    public void abort() {
        try {
            Object connection = call(exchange, "getConnection");
            // Makes the kernel discard unsent bytes on close. Otherwise it retries for a quarter of an hour.
            Class<?> options = Class.forName(
                    "org.xnio.Options", true, connection.getClass().getClassLoader());
            findMethod(connection, "setOption", 2)
                    .invoke(connection, options.getField("CLOSE_ABORT").get(null), true);
            call(connection, "close");
        } catch (ReflectiveOperationException gone) {
            LOG.log(Level.DEBUG, "Failed to abort a connection", gone);
        }
    }
}
