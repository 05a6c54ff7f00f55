package dev.courant.stream;

import static dev.courant.stream.ByName.call;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Undertow, which WildFly stands on. It says early that a client does not read, but of HTTP/2 it keeps
 * the connection and what waits in it when the stream is complete, for as long as the client likes.
 *
 * @param connection Undertow's
 */
record UndertowPipe(Object connection) implements Pipe {

    private static final Logger LOG = System.getLogger(UndertowPipe.class.getName());

    /** Answers {@code null} if it is another server's request. */
    static @Nullable Pipe under(ServletRequest own) {
        try {
            return new UndertowPipe(call(call(own, "getExchange"), "getConnection"));
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    @Override
    public boolean isClear(WriteListener told) {
        return true;
    }

    /** On any thread but the connection's own, Undertow logs an error for each client that has left. */
    @Override
    public void end(Runnable completion) {
        Runnable end = () -> Pipe.super.end(completion);
        try {
            ((Executor) call(connection, "getIoThread")).execute(end);
        } catch (ReflectiveOperationException | RejectedExecutionException none) {
            LOG.log(Level.DEBUG, "A connection has no thread", none);
            end.run();
        }
    }

    @Override
    public void cut() {
        try {
            call(connection, "close");
        } catch (ReflectiveOperationException gone) {
            LOG.log(Level.DEBUG, "A connection could not be cut", gone);
        }
    }
}
