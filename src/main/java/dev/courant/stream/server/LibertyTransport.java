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
 * A connection of Open Liberty. Its output stream says that it is ready, and then waits, for a minute or more, until the
 * client has taken what is flushed; and to complete a stream waits as well. So bytes go straight to the socket where they
 * can, by plain HTTP/1.1, and else are written by threads that may wait.
 */
public final class LibertyTransport implements ServerTransport, DirectChunkOutput.Socket, WriteRetryLoop.Rest {

    private static final Logger LOG = System.getLogger(LibertyTransport.class.getName());

    private final Socket socket;
    private final SocketChannel channel;
    private final boolean plain;
    private final Executor waiting;
    private final WriteRetryLoop trickle;
    private final WritableCallback callback = new WritableCallback();
    private volatile @Nullable ByteBuffer rest;
    private volatile @Nullable BackgroundWriteOutput handed;

    private LibertyTransport(Socket socket, ServletRequest own, Executor waiting, WriteRetryLoop trickle) {
        this.socket = socket;
        this.waiting = waiting;
        this.trickle = trickle;
        plain = !own.isSecure() && own.getProtocol().equals("HTTP/1.1");
        channel = socket.getChannel();
    }

    /** Answers {@code null} if it is another server's request. */
    public static @Nullable ServerTransport under(ServletRequest own, Executor waiting, WriteRetryLoop trickle) {
        try {
            Object connection = call(call(own, "getIRequest"), "getHttpInboundConnection");
            Object writing = call(call(connection, "getTCPConnectionContext"), "getWriteInterface");
            return new LibertyTransport((Socket) call(writing, "getSocket"), own, waiting, trickle);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    @Override
    public boolean isClear(WriteListener listener) {
        return true;
    }

    @Override
    public ServletOutputStream over(ServletOutputStream server) {
        if (takesChunks()) {
            return new DirectChunkOutput(server, this);
        }
        BackgroundWriteOutput output = new BackgroundWriteOutput(server, waiting);
        handed = output;
        return output;
    }

    @Override
    public boolean takesChunks() {
        return plain && channel != null && !channel.isBlocking();
    }

    @Override
    public boolean send(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (!bytes.hasRemaining()) {
            return true;
        }
        rest = bytes;
        trickle.add(this);
        return false;
    }

    @Override
    public boolean isSent() {
        ByteBuffer bytes = rest;
        try {
            if (bytes != null && channel.write(bytes) >= 0 && bytes.hasRemaining()) {
                return false;
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A connection is gone", gone); // the next write says it again
        }
        rest = null;
        callback.call();
        return true;
    }

    @Override
    public boolean isEmpty(WriteListener listener) {
        callback.to(listener);
        return rest == null;
    }

    /** To complete a stream before its connection is cut, Liberty waits for the client. */
    @Override
    public void end(Runnable completion) {
        BackgroundWriteOutput output = handed;
        if (output == null
                || !output.isBusy()
                || !trickle.add(new LibertyStreamEnd(this, output, trickle, completion))) {
            cut();
            completion.run();
        }
    }

    @Override
    public void cut() {
        try {
            socket.setSoLinger(true, 0); // or, once it is closed, the kernel goes on trying
            if (handed == null) {
                socket.close();
            } else {
                // Whoever waits is told. Of a socket that is closed nobody is: Liberty's threads would wait for ever.
                socket.shutdownInput();
                socket.shutdownOutput();
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "A connection could not be cut", gone);
        }
    }
}
