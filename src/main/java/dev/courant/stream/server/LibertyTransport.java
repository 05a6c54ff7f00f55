package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The transport of Open Liberty. Its output stream reports that it is ready, but then a flush blocks for a minute or
 * more until the client reads. Completing a stream blocks as well. So bytes go to the socket directly over plain
 * HTTP/1.1, and otherwise are written by threads that may block.
 */
final class LibertyTransport implements ServerTransport {

    private static final Logger LOG = System.getLogger(LibertyTransport.class.getName());

    private final Socket socket;
    private final boolean direct; // chunks bypass the server
    private final Executor blockedWriteExecutor;
    private final WriteRetryLoop retryLoop;
    private volatile @Nullable ByteBuffer unsent; // the rest of a chunk
    private volatile @Nullable WriteListener listener; // called when that rest is sent
    private volatile @Nullable BackgroundWriteOutput background;
    private boolean aborted; // used by the retry loop only

    LibertyTransport(Socket socket, boolean plain, Executor blockedWriteExecutor, WriteRetryLoop retryLoop) {
        this.socket = socket;
        this.blockedWriteExecutor = blockedWriteExecutor;
        this.retryLoop = retryLoop;
        SocketChannel channel = socket.getChannel();
        direct = plain && channel != null && !channel.isBlocking();
    }

    /** Returns the transport of a request, or null on another server. */
    static @Nullable ServerTransport detect(
            ServletRequest request,
            HttpServletResponse response,
            Executor blockedWriteExecutor,
            WriteRetryLoop retryLoop) {
        try {
            Object connection = call(call(request, "getIRequest"), "getHttpInboundConnection");
            Object writing = call(call(connection, "getTCPConnectionContext"), "getWriteInterface");
            boolean plain = !request.isSecure()
                    && request.getProtocol().equals("HTTP/1.1")
                    && !(response instanceof ServletResponseWrapper); // a filter may change the bytes
            return new LibertyTransport((Socket) call(writing, "getSocket"), plain, blockedWriteExecutor, retryLoop);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    @Override
    public ServletOutputStream wrap(ServletOutputStream server) {
        if (direct) {
            return server;
        }
        BackgroundWriteOutput output = new BackgroundWriteOutput(server, blockedWriteExecutor);
        background = output;
        return output;
    }

    @Override
    public boolean canTakeChunks() {
        return direct;
    }

    @Override
    public void send(ByteBuffer chunk) throws IOException {
        socket.getChannel().write(chunk);
        if (chunk.hasRemaining()) {
            unsent = chunk;
            retryLoop.add(this::sendRest);
        }
    }

    @Override
    public boolean isWritable(WriteListener given) {
        if (unsent == null) {
            return true;
        }
        listener = given; // before the second check, since the rest may be sent meanwhile
        return unsent == null;
    }

    private boolean sendRest() {
        ByteBuffer bytes = unsent;
        try {
            if (bytes != null && socket.getChannel().write(bytes) >= 0 && bytes.hasRemaining()) {
                return false;
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "The connection is closed", gone); // the next write fails with the same cause
        }
        unsent = null;
        notifyWritable(listener);
        return true;
    }

    /** Calls a listener. A call is harmless if the connection is not writable or has been writable before. */
    static void notifyWritable(@Nullable WriteListener listener) {
        try {
            if (listener != null) {
                listener.onWritePossible();
            }
        } catch (IOException | RuntimeException broken) {
            listener.onError(broken);
        }
    }

    /**
     * {@inheritDoc} The connection is aborted first: when a stream completes on an open connection, Liberty waits for
     * the client.
     */
    @Override
    public void end(Runnable completion) {
        BackgroundWriteOutput output = background;
        if (output == null || !output.isBusy() || !retryLoop.add(() -> interrupt(output, completion))) {
            abort();
            completion.run();
        }
    }

    /**
     * Interrupts the thread that a write blocks, over TLS or HTTP/2. Liberty then closes the connection. It occupies one
     * of its few threads for a moment with that, or for five seconds if the socket is already closed. So this method
     * leaves the socket open, and streams end one after the other. Otherwise the server could run out of threads.
     *
     * @return whether the stream is complete; if not, call this method again
     */
    private boolean interrupt(BackgroundWriteOutput output, Runnable completion) {
        if (!aborted && !retryLoop.tryAcquirePermit()) {
            return false;
        }
        boolean stopped = output.interruptWrite();
        if (!aborted) {
            aborted = true;
            abort();
        }
        if (stopped) {
            completion.run();
        }
        return stopped;
    }

    @Override
    public void abort() {
        try {
            socket.setSoLinger(true, 0); // otherwise the kernel retries unsent bytes after the close
            if (background == null) {
                socket.close();
            } else {
                // A blocked writer returns after a shutdown. After a close, the threads of Liberty would block forever.
                socket.shutdownInput();
                socket.shutdownOutput();
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "Failed to abort a connection", gone);
        }
    }
}
