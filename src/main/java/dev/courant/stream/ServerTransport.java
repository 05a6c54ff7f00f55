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
 * The connection to the client under one stream, with one implementation for each server. Some servers queue megabytes
 * for a client that does not read. They keep these bytes and the connection until everything is sent, even after the
 * stream is complete. An implementation limits that queue and can abort the connection. It calls the server's public
 * methods by reflection: the server's classes are missing on other servers, and the server may hide them from
 * applications.
 */
public interface ServerTransport {

    /** The transport on a server without an implementation: always writable, never aborted. */
    ServerTransport NONE = new ServerTransport() {

        @Override
        public boolean isWritable(WriteListener listener) {
            return true;
        }

        @Override
        public void abort() {}
    };

    /**
     * Returns whether the connection takes more bytes. Called when the server's output stream is ready.
     *
     * @param listener if this method returns false: called once, as soon as the connection takes bytes again
     */
    boolean isWritable(WriteListener listener);

    /** Returns the output stream for the response: the server's own, or one that bypasses its buffers. */
    default ServletOutputStream wrap(ServletOutputStream server) {
        return server;
    }

    /** Returns whether the connection must not carry another request after the stream. */
    default boolean isSingleUse() {
        return false;
    }

    /**
     * Completes a stream and aborts its connection, in the order and on the thread that the server requires.
     *
     * @param completion completes the stream; throws nothing
     */
    default void end(Runnable completion) {
        completion.run();
        abort();
    }

    /**
     * Aborts the connection now and discards its queued bytes. The client notices the end, and the server frees the
     * memory of the connection.
     */
    void abort();

    /**
     * Returns the transport of a request, or {@link #NONE}. This limits the server's queue, so that the server soon
     * reports a client that does not read. Call this before the first byte is written.
     *
     * @param blockedWriteExecutor runs writes that may wait for a client, on servers that have only blocking writes
     * @param retryLoop sends the bytes that a socket did not take, on servers without a write callback
     */
    static ServerTransport detect(ServletRequest request, Executor blockedWriteExecutor, WriteRetryLoop retryLoop) {
        ServletRequest unwrapped = request;
        while (unwrapped instanceof ServletRequestWrapper wrapper) {
            unwrapped = wrapper.getRequest();
        }
        ServerTransport transport = GrizzlyTransport.detect(unwrapped);
        if (transport == null) {
            transport = UndertowTransport.detect(unwrapped);
        }
        if (transport == null) {
            transport = LibertyTransport.detect(unwrapped, blockedWriteExecutor, retryLoop);
        }
        return transport == null ? NONE : transport;
    }
}
