package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.known;
import static dev.courant.stream.server.ReflectiveCall.set;

import dev.courant.stream.ServerTransport;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
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
 * A connection of Undertow, which WildFly stands on. It says early that a client does not read, but of HTTP/2 it keeps
 * the connection and what waits in it when the stream is complete, for as long as the client likes. And it logs an error
 * for each client that has left, unless the response is closed by the connection's own thread.
 *
 * @param exchange Undertow's request and response
 * @param thread the connection's
 */
public record UndertowTransport(Object exchange, Executor thread) implements ServerTransport {

    private static final Logger LOG = System.getLogger(UndertowTransport.class.getName());

    /** Answers {@code null} if it is another server's request. */
    public static @Nullable ServerTransport under(ServletRequest own) {
        try {
            Object exchange = call(own, "getExchange");
            UndertowTransport pipe = new UndertowTransport(exchange, (Executor) call(exchange, "getIoThread"));
            pipe.closeByItsThread();
            return pipe;
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    /** A write that fails closes the response too, by what the exchange has for that. */
    private void closeByItsThread() throws ReflectiveOperationException {
        for (Method method : known(exchange).getMethods()) {
            if (method.getName().equals("startBlocking") && method.getParameterCount() == 1) {
                Class<?> blocking = method.getParameterTypes()[0];
                AtomicReference<Object> old = new AtomicReference<>();
                Object ours = Proxy.newProxyInstance(
                        blocking.getClassLoader(),
                        new Class<?>[] {blocking},
                        (self, called, arguments) -> closing(old.get(), called, arguments));
                old.set(method.invoke(exchange, ours));
                return;
            }
        }
    }

    private @Nullable Object closing(@Nullable Object old, Method called, Object @Nullable [] arguments)
            throws Throwable {
        if (called.getName().equals("close") && !(boolean) call(exchange, "isInIoThread")) {
            byItsThread(() -> {
                try {
                    called.invoke(old);
                } catch (ReflectiveOperationException gone) {
                    LOG.log(Level.DEBUG, "A response could not be closed", gone);
                }
            });
            return null;
        }
        try {
            return called.invoke(old, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private void byItsThread(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException stopping) {
            work.run();
        }
    }

    /** Without a buffer, which were 16 KiB for each stream: what is written goes out at once. */
    @Override
    public ServletOutputStream over(ServletOutputStream server) {
        try {
            set(server, "setBufferSize", 1); // the least there is
        } catch (ReflectiveOperationException unknown) {
            LOG.log(Level.DEBUG, "A response keeps its buffer", unknown);
        }
        return server;
    }

    @Override
    public boolean isClear(WriteListener told) {
        return true;
    }

    @Override
    public void end(Runnable completion) {
        byItsThread(() -> ServerTransport.super.end(completion));
    }

    @Override
    public void cut() {
        try {
            Object connection = call(exchange, "getConnection");
            abort(connection);
            call(connection, "close");
        } catch (ReflectiveOperationException gone) {
            LOG.log(Level.DEBUG, "A connection could not be cut", gone);
        }
    }

    /** Or the kernel goes on trying to send what it holds, for a quarter of an hour. */
    private static void abort(Object connection) throws ReflectiveOperationException {
        Class<?> options =
                Class.forName("org.xnio.Options", true, connection.getClass().getClassLoader());
        for (Method method : known(connection).getMethods()) {
            if (method.getName().equals("setOption")) {
                method.invoke(connection, options.getField("CLOSE_ABORT").get(null), true);
                return;
            }
        }
    }
}
