package dev.courant.stream.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * The connection to the client under one stream, with one implementation for each server. Some servers queue megabytes
 * for a client that does not read. They keep these bytes and the connection until everything is sent, even after the
 * stream is complete. An implementation limits that queue and can abort the connection. It calls the server's public
 * methods by reflection: the server's classes are missing on other servers, and the server may hide them from
 * applications. One thread at a time writes.
 */
public interface ServerTransport {

    /** The transport on a server without an implementation: always writable, never aborted. */
    ServerTransport NONE = new ServerTransport() {};

    /**
     * Returns the transport of a request, or {@link #NONE}. This limits the server's queue, so that the server soon
     * reports a client that does not read. Call this before the first byte is written.
     *
     * @param response the response as this application received it; if another filter has wrapped it, no chunk may
     *     bypass it
     * @param blockedWriteExecutor runs writes that may wait for a client, on servers that have only blocking writes
     * @param retryLoop sends the bytes that a socket did not take, on servers without a write callback
     */
    static ServerTransport detect(
            ServletRequest request,
            HttpServletResponse response,
            Executor blockedWriteExecutor,
            WriteRetryLoop retryLoop) {
        ServletRequest unwrapped = request;
        while (unwrapped instanceof ServletRequestWrapper wrapper) {
            unwrapped = wrapper.getRequest();
        }
        ServerTransport transport = GrizzlyTransport.detect(unwrapped, response);
        if (transport == null) {
            transport = UndertowTransport.detect(unwrapped);
        }
        if (transport == null) {
            transport = LibertyTransport.detect(unwrapped, response, blockedWriteExecutor, retryLoop);
        }
        return transport == null ? NONE : transport;
    }

    /** Returns the output stream for the response: the server's own, or one that does not block. */
    default ServletOutputStream wrap(ServletOutputStream server) {
        return server;
    }

    /**
     * Returns whether the connection takes more bytes. Called when the server's output stream is ready, and after
     * {@link #send}.
     *
     * @param listener if this method returns false: called once the connection takes bytes again
     */
    default boolean isWritable(WriteListener listener) {
        return true;
    }

    /**
     * Returns whether chunks may bypass the server. Called once, after the server has sent the headers, when nothing is
     * queued.
     */
    default boolean canTakeChunks() {
        return false;
    }

    /**
     * Sends a chunk directly to the socket, and queues the bytes that the socket does not take. Called only while the
     * connection is writable.
     */
    default void send(ByteBuffer chunk) throws IOException {
        throw new UnsupportedOperationException();
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
    default void abort() {}
}
