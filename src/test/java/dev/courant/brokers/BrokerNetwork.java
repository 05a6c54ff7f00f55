package dev.courant.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A proxy in front of one broker, which a test can stall or disconnect. Thread-safe. */
public final class BrokerNetwork implements AutoCloseable {

    private static final ThreadFactory THREADS = daemonThreads();

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition restored = lock.newCondition();
    private boolean stalled; // guarded by lock
    private @Nullable ServerSocket serverSocket; // guarded by lock

    public BrokerNetwork(int port, int target) {
        this.port = port;
        this.target = target;
        listen();
    }

    public int port() {
        return port;
    }

    /** Closes all connections, and refuses new ones. */
    public void disconnect() {
        close();
    }

    /** Stops forwarding, without closing connections or refusing new ones. */
    public void stall() {
        lock.lock();
        try {
            stalled = true;
        } finally {
            lock.unlock();
        }
    }

    /** Restores the connection. Forwards the bytes that were held back, like retransmitted packets. */
    public void restore() {
        lock.lock();
        try {
            stalled = false;
            restored.signalAll();
        } finally {
            lock.unlock();
        }
        listen();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (serverSocket != null) {
                serverSocket.close();
                serverSocket = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
        sockets.forEach(this::close);
    }

    private void listen() {
        lock.lock();
        try {
            if (serverSocket == null) {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                serverSocket = socket;
                THREADS.newThread(() -> accept(socket)).start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket serverSocket) {
        while (!serverSocket.isClosed()) {
            try {
                Socket client = serverSocket.accept();
                sockets.add(client);
                THREADS.newThread(() -> connect(client)).start();
            } catch (IOException closed) {
                // The loop ends with the socket.
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitRestored();
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(broker);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            THREADS.newThread(() -> forward(client, broker)).start();
            forward(broker, client);
        } catch (IOException | InterruptedException refused) {
            close(client);
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] bytes = new byte[1 << 16];
        try {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                awaitRestored();
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException | InterruptedException closed) {
            // The finally block closes both ends.
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitRestored() throws InterruptedException {
        lock.lock();
        try {
            while (stalled) {
                restored.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException closed) {
            // The socket is closed already.
        }
    }

    private static ThreadFactory daemonThreads() {
        return task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setDaemon(true);
            return thread;
        };
    }
}
