package dev.courant.stream.server;

import static dev.courant.stream.server.ReflectiveCall.call;

import dev.courant.stream.BackgroundWriteOutput;
import dev.courant.stream.DirectChunkOutput;
import dev.courant.stream.ServerTransport;
import dev.courant.stream.WritableCallback;
import dev.courant.stream.WriteRetryLoop;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
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
public final class LibertyTransport
        implements ServerTransport, DirectChunkOutput.ChunkChannel, WriteRetryLoop.PendingWrite {

    private static final Logger LOG = System.getLogger(LibertyTransport.class.getName());

    private final Socket socket;
    private final SocketChannel channel;
    private final boolean plain;
    private final Executor blockedWriteExecutor;
    private final WriteRetryLoop retryLoop;
    private final WritableCallback callback = new WritableCallback();
    private volatile @Nullable ByteBuffer unsent;
    private volatile @Nullable BackgroundWriteOutput background;

    private LibertyTransport(
            Socket socket, ServletRequest request, Executor blockedWriteExecutor, WriteRetryLoop retryLoop) {
        this.socket = socket;
        this.blockedWriteExecutor = blockedWriteExecutor;
        this.retryLoop = retryLoop;
        plain = !request.isSecure() && request.getProtocol().equals("HTTP/1.1");
        channel = socket.getChannel();
    }

    /** Returns the transport of a request, or null on another server. */
    public static @Nullable ServerTransport detect(
            ServletRequest request, Executor blockedWriteExecutor, WriteRetryLoop retryLoop) {
        try {
            Object connection = call(call(request, "getIRequest"), "getHttpInboundConnection");
            Object writing = call(call(connection, "getTCPConnectionContext"), "getWriteInterface");
            return new LibertyTransport((Socket) call(writing, "getSocket"), request, blockedWriteExecutor, retryLoop);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    @Override
    public boolean isWritable(WriteListener listener) {
        return true;
    }

    @Override
    public ServletOutputStream wrap(ServletOutputStream server) {
        if (canTakeChunks()) {
            return new DirectChunkOutput(server, this);
        }
        BackgroundWriteOutput output = new BackgroundWriteOutput(server, blockedWriteExecutor);
        background = output;
        return output;
    }

    @Override
    public boolean canTakeChunks() {
        return plain && channel != null && !channel.isBlocking();
    }

    @Override
    public boolean send(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (!bytes.hasRemaining()) {
            return true;
        }
        unsent = bytes;
        retryLoop.add(this);
        return false;
    }

    @Override
    public boolean retry() {
        ByteBuffer bytes = unsent;
        try {
            if (bytes != null && channel.write(bytes) >= 0 && bytes.hasRemaining()) {
                return false;
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "The connection is closed", gone); // the next write fails with the same cause
        }
        unsent = null;
        callback.call();
        return true;
    }

    @Override
    public boolean isDrained(WriteListener listener) {
        callback.register(listener);
        return unsent == null;
    }

    /**
     * {@inheritDoc} The connection is aborted first: when a stream completes on an open connection, Liberty waits for
     * the client.
     */
    @Override
    public void end(Runnable completion) {
        BackgroundWriteOutput output = background;
        if (output == null
                || !output.isBusy()
                || !retryLoop.add(new LibertyStreamEnd(this, output, retryLoop, completion))) {
            abort();
            completion.run();
        }
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
