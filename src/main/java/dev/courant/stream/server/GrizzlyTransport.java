package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.findMethod;

import dev.courant.http.ResponseHeader;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transport of Grizzly, the HTTP server of Payara and GlassFish. By default, Grizzly queues up to four times the
 * socket's buffer. It closes no connection before these bytes are sent, not even after its own timeout.
 */
final class GrizzlyTransport implements ServerTransport {

    private static final Logger LOG = System.getLogger(GrizzlyTransport.class.getName());

    /**
     * Grizzly reports a connection as writable while it queues fewer bytes than this. So it queues at most one batch.
     */
    private static final int QUEUE_BYTES = 1;

    /**
     * Grizzly's minimum buffer size, in bytes. It copies smaller writes into a buffer and sends larger ones without a
     * copy.
     */
    private static final int COPY_BYTES = 512;

    /**
     * The maximum size of the kernel's send buffer, in bytes. Only loopback connections start with more. The kernel
     * enlarges the buffers of other connections as needed.
     */
    private static final int MAX_SOCKET_BYTES = 128 * 1024;

    /** Filters between the codec and the socket that do not change bytes. */
    private static final Set<String> PASS_THROUGH_FILTERS = Set.of(
            "org.glassfish.grizzly.filterchain.TransportFilter", "org.glassfish.grizzly.utils.IdleTimeoutFilter");

    private final Object connection;
    private final Object closeable; // the connection, or its stream in HTTP/2
    private final Object filters; // the filter chain, starting at the socket
    private final Object responsePacket; // the status and headers of the response
    private final SocketChannel channel;
    private final boolean unwrapped; // no filter of another author may change the bytes
    private boolean chunkQueued; // Grizzly may still queue a part of the last chunk

    private GrizzlyTransport(Object grizzly, HttpServletResponse response) throws ReflectiveOperationException {
        Object context = call(grizzly, "getContext");
        connection = call(context, "getConnection");
        filters = call(context, "getFilterChain");
        channel = (SocketChannel) call(connection, "getChannel");
        closeable =
                call(call(call(call(grizzly, "getRequest"), "getProcessingState"), "getHttpContext"), "getCloseable");
        responsePacket = call(call(grizzly, "getResponse"), "getResponse");
        unwrapped = !(response instanceof ServletResponseWrapper);
    }

    /** Returns the transport of a request, or null on another server. */
    static @Nullable ServerTransport detect(ServletRequest request, HttpServletResponse response) {
        try {
            Object grizzly = GrizzlyRequests.unwrap(request);
            GrizzlyTransport transport = new GrizzlyTransport(grizzly, response);
            transport.limitBuffers(call(grizzly, "getResponse"));
            if (transport.isHttp1()) {
                // When the stream ends, the rest of a batch may still be queued. No further response may follow it.
                ResponseHeader.CLOSE.set(response);
            }
            return transport;
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    private void limitBuffers(Object response) throws ReflectiveOperationException {
        call(response, "setBufferSize", int.class, COPY_BYTES);
        call(connection, "setMaxAsyncWriteQueueSize", int.class, QUEUE_BYTES);
        try {
            if (channel.getOption(StandardSocketOptions.SO_SNDBUF) > MAX_SOCKET_BYTES) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, MAX_SOCKET_BYTES / 2); // Linux doubles it
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "Failed to limit the buffers of a connection", gone);
        }
    }

    private boolean isHttp1() {
        return closeable == connection;
    }

    /**
     * {@inheritDoc} An HTTP/2 stream is ready while its flow-control window is open, even if the connection takes no
     * bytes.
     */
    @Override
    public boolean isWritable(WriteListener listener) {
        if (isHttp1() && !chunkQueued) {
            return true; // the caller has checked that the server is ready
        }
        try {
            if (!canWrite()) {
                notifyWhenWritable(listener);
                return false;
            }
            chunkQueued = false;
            return true;
        } catch (ReflectiveOperationException unknown) {
            LOG.log(Level.DEBUG, "Failed to read the write queue of a connection", unknown);
            return true;
        }
    }

    /** {@inheritDoc} This requires HTTP/1.1, and neither TLS nor compression between the codec and the socket. */
    @Override
    public boolean canTakeChunks() {
        try {
            return unwrapped
                    && isHttp1()
                    && !channel.isBlocking()
                    && canWrite()
                    && (boolean) call(responsePacket, "isCommitted")
                    && (boolean) call(responsePacket, "isChunked")
                    && ((List<?>) call(responsePacket, "getContentEncodings")).isEmpty()
                    && isCodecNextToSocket((List<?>) filters);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.log(Level.DEBUG, "Failed to inspect the filters of a connection", unknown);
            return false;
        }
    }

    /** Returns whether all filters between the codec and the socket pass bytes unchanged. */
    private static boolean isCodecNextToSocket(List<?> filters) {
        for (Object filter : filters) {
            if (GrizzlyRequests.isCodec(filter)) {
                return true;
            }
            if (!PASS_THROUGH_FILTERS.contains(filter.getClass().getName())) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void send(ByteBuffer chunk) throws IOException {
        channel.write(chunk);
        try {
            if (chunk.hasRemaining()) {
                chunkQueued = true;
                write(connection, chunk);
            }
        } catch (ReflectiveOperationException unknown) {
            throw new IOException("Failed to queue bytes in the server", unknown);
        }
    }

    /** Writes bytes after all queued bytes, through all filters of Grizzly, for example TLS. */
    static void write(Object connection, ByteBuffer bytes) throws ReflectiveOperationException {
        Object buffer = call(call(connection, "getMemoryManager"), "allocate", int.class, bytes.remaining());
        call(buffer, "put", ByteBuffer.class, bytes);
        call(buffer, "flip");
        call(connection, "write", Object.class, buffer);
    }

    @Override
    public void abort() {
        try {
            if (isHttp1() || !canWrite()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0); // otherwise the kernel retries unsent bytes
                call(connection, "terminateSilently");
            } else {
                call(closeable, "terminateSilently");
            }
        } catch (IOException | ReflectiveOperationException gone) {
            LOG.log(Level.DEBUG, "Failed to abort a connection", gone);
        }
    }

    private boolean canWrite() throws ReflectiveOperationException {
        return (boolean) call(connection, "canWrite");
    }

    /** Makes Grizzly call the listener when the connection takes bytes again. */
    private void notifyWhenWritable(WriteListener listener) throws ReflectiveOperationException {
        Method method = findMethod(connection, "notifyCanWrite", 1);
        Class<?> handler = method.getParameterTypes()[0];
        InvocationHandler calls = (self, called, arguments) -> switch (called.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "onWritePossible" -> {
                listener.onWritePossible();
                yield null;
            }
            case "onError" -> {
                listener.onError((Throwable) arguments[0]);
                yield null;
            }
            default -> null;
        };
        method.invoke(connection, Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls));
    }
}
