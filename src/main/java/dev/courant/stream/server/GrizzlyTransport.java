package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;
import static dev.courant.stream.server.ReflectiveCall.known;
import static dev.courant.stream.server.ReflectiveCall.set;

import dev.courant.stream.DirectChunkOutput;
import dev.courant.stream.ServerTransport;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
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
 * A connection of Grizzly, the HTTP server of Payara and GlassFish. Grizzly queues bytes that the socket does not take, up
 * to four times the socket's buffer. It closes no connection before these are sent, not even after its own timeout.
 */
public final class GrizzlyTransport implements ServerTransport, DirectChunkOutput.Socket {

    private static final Logger LOG = System.getLogger(GrizzlyTransport.class.getName());

    /** Less may be queued before more is taken: so nothing, and one batch waits at most. */
    private static final int QUEUE_BYTES = 1;

    /** The least there is. What is smaller is copied into a buffer of this size, what is larger goes out as it is. */
    private static final int COPY_BYTES = 512;

    /** What the kernel may hold. Elsewhere than on loopback, it begins with less and knows best when to give more. */
    private static final int MOST_SOCKET_BYTES = 128 * 1024;

    /** Filters between the codec and the socket that pass bytes unchanged. */
    private static final Set<String> PASSING = Set.of(
            "org.glassfish.grizzly.filterchain.TransportFilter", "org.glassfish.grizzly.utils.IdleTimeoutFilter");

    private final Object connection;
    private final Object carrier; // the connection, or by HTTP/2 a stream of it
    private final Object filters; // what it passes its bytes through, the one next to the socket first
    private final Object head; // of the response
    private final SocketChannel channel;

    private GrizzlyTransport(Object grizzly) throws ReflectiveOperationException {
        Object context = call(grizzly, "getContext");
        connection = call(context, "getConnection");
        filters = call(context, "getFilterChain");
        channel = (SocketChannel) call(connection, "getChannel");
        carrier = call(call(call(call(grizzly, "getRequest"), "getProcessingState"), "getHttpContext"), "getCloseable");
        head = call(call(grizzly, "getResponse"), "getResponse");
    }

    /** Answers {@code null} if it is another server's request. */
    public static @Nullable ServerTransport under(ServletRequest own) {
        try {
            Object grizzly = GrizzlyRequests.unwrap(own);
            GrizzlyTransport pipe = new GrizzlyTransport(grizzly);
            pipe.narrow(call(grizzly, "getResponse"));
            return pipe;
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    private void narrow(Object response) throws ReflectiveOperationException {
        set(response, "setBufferSize", COPY_BYTES);
        set(connection, "setMaxAsyncWriteQueueSize", QUEUE_BYTES);
        try {
            if (channel.getOption(StandardSocketOptions.SO_SNDBUF) > MOST_SOCKET_BYTES) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, MOST_SOCKET_BYTES / 2); // Linux doubles it
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A connection could not be narrowed", gone);
        }
    }

    /** By HTTP/2 the server is ready while the client asks for more, though the connection takes none of it. */
    @Override
    public boolean isClear(WriteListener told) {
        if (carrier == connection) {
            return true; // or the server were not ready
        }
        try {
            if (takesBytes()) {
                return true;
            }
            tell(told);
            return false;
        } catch (ReflectiveOperationException unknown) {
            LOG.log(Level.DEBUG, "A connection does not say what waits in it", unknown);
            return true;
        }
    }

    /** What is left of a batch may wait below, and what the client has sent behind its request is not to follow it. */
    @Override
    public boolean isForOneStream() {
        return true;
    }

    @Override
    public ServletOutputStream over(ServletOutputStream server) {
        return new DirectChunkOutput(server, this);
    }

    /** By HTTP/1.1 with nothing between the chunks and the socket: no TLS, no compression. */
    @Override
    public boolean takesChunks() {
        try {
            return carrier == connection
                    && !channel.isBlocking()
                    && takesBytes()
                    && (boolean) call(head, "isCommitted")
                    && (boolean) call(head, "isChunked")
                    && ((List<?>) call(head, "getContentEncodings")).isEmpty()
                    && isNextToTheSocket((List<?>) filters);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.log(Level.DEBUG, "A connection does not say what it does to its bytes", unknown);
            return false;
        }
    }

    /** Whether what makes chunks has only those before it that let bytes pass as they are. */
    private static boolean isNextToTheSocket(List<?> filters) {
        for (Object filter : filters) {
            if (GrizzlyRequests.isCodec(filter)) {
                return true;
            }
            if (!PASSING.contains(filter.getClass().getName())) {
                return false;
            }
        }
        return false;
    }

    /** Nothing waits in the server: what the socket does not take is all that does, and it alone writes until it is sent. */
    @Override
    public boolean send(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (!bytes.hasRemaining()) {
            return true;
        }
        try {
            write(connection, bytes);
            return false;
        } catch (ReflectiveOperationException unknown) {
            throw new IOException("The server does not take what the socket has left", unknown);
        }
    }

    /** Has Grizzly send bytes, behind all that waits in it and through what is between it and the socket, as TLS is. */
    static void write(Object connection, ByteBuffer bytes) throws ReflectiveOperationException {
        Object manager = call(connection, "getMemoryManager");
        Object buffer = known(manager).getMethod("allocate", int.class).invoke(manager, bytes.remaining());
        known(buffer).getMethod("put", ByteBuffer.class).invoke(buffer, bytes);
        call(buffer, "flip");
        known(connection).getMethod("write", Object.class).invoke(connection, buffer);
    }

    @Override
    public boolean isEmpty(WriteListener told) throws IOException {
        try {
            if (takesBytes()) {
                return true;
            }
            tell(told);
            return false;
        } catch (ReflectiveOperationException unknown) {
            throw new IOException("A connection does not say what waits in it", unknown);
        }
    }

    @Override
    public void cut() {
        try {
            if (carrier == connection || !takesBytes()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0); // or the kernel goes on trying
                call(connection, "terminateSilently");
            } else {
                call(carrier, "terminateSilently");
            }
        } catch (IOException | ReflectiveOperationException gone) {
            LOG.log(Level.DEBUG, "A connection could not be cut", gone);
        }
    }

    private boolean takesBytes() throws ReflectiveOperationException {
        return (boolean) call(connection, "canWrite");
    }

    /** Has Grizzly call when the connection takes bytes again. */
    private void tell(WriteListener told) throws ReflectiveOperationException {
        for (Method method : known(connection).getMethods()) {
            if (method.getName().equals("notifyCanWrite") && method.getParameterCount() == 1) {
                Class<?> handler = method.getParameterTypes()[0];
                InvocationHandler calls = (self, called, arguments) -> switch (called.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "onWritePossible" -> {
                        told.onWritePossible();
                        yield null;
                    }
                    case "onError" -> {
                        told.onError((Throwable) arguments[0]);
                        yield null;
                    }
                    default -> null;
                };
                method.invoke(
                        connection, Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls));
                return;
            }
        }
        throw new NoSuchMethodException("notifyCanWrite");
    }
}
