package dev.courant.stream;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Grizzly, which Payara and GlassFish stand on. Its classes are not there elsewhere, and even there not
 * always for an application to see, so it is asked by the names of its public methods alone. Grizzly queues what the
 * socket does not take, up to four times the socket's buffer, and closes no connection, not even for a time-out of its
 * own, before all of that is sent.
 */
final class GrizzlyPipe implements Pipe {

    private static final Logger LOG = System.getLogger(GrizzlyPipe.class.getName());

    /** Less may be queued before more is taken: so nothing, and one batch waits at most. */
    private static final int QUEUE_BYTES = 1;

    /** The least there is. What is smaller is copied into a buffer of this size, what is larger goes out as it is. */
    private static final int COPY_BYTES = 512;

    /** What the kernel may hold. Elsewhere than on loopback, it begins with less and knows best when to give more. */
    private static final int MOST_SOCKET_BYTES = 128 * 1024;

    private final Object carrier; // a connection, or by HTTP/2 a stream of it

    private GrizzlyPipe(Object carrier) {
        this.carrier = carrier;
    }

    /** Answers {@code null} if it is another server's request. */
    static @Nullable Pipe under(ServletRequest request) {
        ServletRequest own = request;
        while (own instanceof ServletRequestWrapper wrapper) {
            own = wrapper.getRequest();
        }
        try {
            Object grizzly = call(call(own, "getUnwrappedCoyoteRequest"), "getCoyoteRequest");
            Object http = call(call(call(grizzly, "getRequest"), "getProcessingState"), "getHttpContext");
            GrizzlyPipe pipe = new GrizzlyPipe(call(http, "getCloseable"));
            pipe.narrow(call(grizzly, "getResponse"));
            return pipe;
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    private void narrow(Object response) throws ReflectiveOperationException {
        set(response, "setBufferSize", COPY_BYTES);
        try {
            NetworkChannel socket = socket();
            if (socket.getOption(StandardSocketOptions.SO_SNDBUF) > MOST_SOCKET_BYTES) {
                socket.setOption(StandardSocketOptions.SO_SNDBUF, MOST_SOCKET_BYTES / 2); // Linux doubles it
            }
            set(carrier, "setMaxAsyncWriteQueueSize", QUEUE_BYTES);
        } catch (NoSuchMethodException shared) {
            // Others go by the same connection. By HTTP/2 little waits for a client that does not ask for more.
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A connection could not be narrowed", gone);
        }
    }

    @Override
    public void cut() {
        try {
            socket().setOption(StandardSocketOptions.SO_LINGER, 0); // or the kernel goes on trying
        } catch (IOException | ReflectiveOperationException goneOrShared) {
            LOG.log(Level.DEBUG, "A connection could not be reset", goneOrShared);
        }
        try {
            call(carrier, "terminateSilently");
        } catch (ReflectiveOperationException failed) {
            LOG.log(Level.DEBUG, "A connection could not be ended", failed);
        }
    }

    private NetworkChannel socket() throws ReflectiveOperationException {
        return (NetworkChannel) call(carrier, "getChannel");
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return known(target).getMethod(method).invoke(target);
    }

    private static void set(Object target, String method, int value) throws ReflectiveOperationException {
        known(target).getMethod(method, int.class).invoke(target, value);
    }

    /** The class by which others may call it: its own may be private to the server. */
    private static Class<?> known(Object target) {
        Class<?> type = target.getClass();
        while (!Modifier.isPublic(type.getModifiers())) {
            type = type.getSuperclass();
        }
        return type;
    }
}
