package dev.courant.stream;

import dev.courant.stream.server.GrizzlyTransport;
import dev.courant.stream.server.LibertyTransport;
import dev.courant.stream.server.UndertowTransport;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.WriteListener;
import java.util.concurrent.Executor;

/**
 * What carries a stream to its client, below the standard's words. Some servers take bytes for a client that does not
 * read, megabytes of them, and keep these and the connection until they are sent, though the stream be complete. Where
 * the server can be reached, there is a way to know and to end that; elsewhere its own ways have to do. Its classes are
 * not there elsewhere, and even there not always for an application to see, so it is asked by the names of its public
 * methods alone.
 */
public interface ServerTransport {

    /** Of a server that cannot be reached. */
    ServerTransport UNREACHABLE = new ServerTransport() {

        @Override
        public boolean isClear(WriteListener told) {
            return true;
        }

        @Override
        public void cut() {}
    };

    /**
     * Whether more should be written, when the server says that it is ready.
     *
     * @param told if not, is told once that it is
     */
    boolean isClear(WriteListener told);

    /** The way for a response's bytes: the server's output stream, or a shorter one. */
    default ServletOutputStream over(ServletOutputStream server) {
        return server;
    }

    /** Whether no other request is to come by it once the stream is over. */
    default boolean isForOneStream() {
        return false;
    }

    /**
     * Ends a stream and its connection, in the order and on the thread that the server can bear.
     *
     * @param completion of the stream; throws nothing
     */
    default void end(Runnable completion) {
        completion.run();
        cut();
    }

    /** Ends the connection now, whatever waits in it, so that the client notices and nothing of it is left. */
    void cut();

    /**
     * The one that a request came by. Little is to wait in it from now on, so that the server says early that the client
     * does not read: to be asked for before the first byte.
     *
     * @param waiting has threads that may wait for a client, where the server has no other way
     * @param trickle for what a socket does not take at once, where the server has no such thing
     */
    static ServerTransport under(ServletRequest request, Executor waiting, WriteRetryLoop trickle) {
        ServletRequest own = request;
        while (own instanceof ServletRequestWrapper wrapper) {
            own = wrapper.getRequest();
        }
        ServerTransport pipe = GrizzlyTransport.under(own);
        if (pipe == null) {
            pipe = UndertowTransport.under(own);
        }
        if (pipe == null) {
            pipe = LibertyTransport.under(own, waiting, trickle);
        }
        return pipe == null ? UNREACHABLE : pipe;
    }
}
