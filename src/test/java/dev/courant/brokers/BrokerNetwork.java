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

/** What lies between clients and one broker: a port of its own, whose bytes go on to the broker's as long as it is whole. */
public final class BrokerNetwork implements AutoCloseable {

    private static final ThreadFactory THREADS = daemons();

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition restored = lock.newCondition();
    private boolean swallowing; // guarded by lock
    private @Nullable ServerSocket listening; // guarded by lock

    public BrokerNetwork(int port, int target) {
        this.port = port;
        this.target = target;
        listen();
    }

    public int port() {
        return port;
    }

    /** Closes what is open, and refuses to connect. */
    public void refuse() {
        close();
    }

    /** Neither closes nor refuses, but nothing comes through any more. */
    public void swallow() {
        lock.lock();
        try {
            swallowing = true;
        } finally {
            lock.unlock();
        }
    }

    /** All is well again; what was swallowed comes through now, as after packets that had to be sent again. */
    public void restore() {
        lock.lock();
        try {
            swallowing = false;
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
            if (listening != null) {
                listening.close();
                listening = null;
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
            if (listening == null) {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                listening = socket;
                THREADS.newThread(() -> accept(socket)).start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                sockets.add(client);
                THREADS.newThread(() -> connect(client)).start();
            } catch (IOException closed) {
                // The loop ends with the socket.
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitWhole();
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(broker);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            THREADS.newThread(() -> pass(client, broker)).start();
            pass(broker, client);
        } catch (IOException | InterruptedException refused) {
            close(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[1 << 16];
        try {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                awaitWhole();
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException | InterruptedException closed) {
            // Both ends are told below.
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitWhole() throws InterruptedException {
        lock.lock();
        try {
            while (swallowing) {
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
            // It is what was wanted.
        }
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setDaemon(true);
            return thread;
        };
    }
}
