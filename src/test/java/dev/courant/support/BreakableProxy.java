package dev.courant.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy in front of a server that a test can disconnect: it then closes all connections and refuses new ones. */
public final class BreakableProxy implements AutoCloseable {

    private final URI server;
    private final ServerSocket serverSocket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Set<Socket> open = new HashSet<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private boolean broken;

    public BreakableProxy(URI server) throws IOException {
        this.server = server;
        threads.execute(this::acceptConnections);
    }

    /** Returns the server's address by way of the proxy. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + serverSocket.getLocalPort() + server.getPath());
    }

    public synchronized void disconnect() throws IOException {
        broken = true;
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    public synchronized void reconnect() {
        broken = false;
    }

    private void acceptConnections() {
        try {
            while (true) {
                connect(serverSocket.accept());
            }
        } catch (IOException closed) {
            // close() was called
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        if (broken) {
            client.close();
            return;
        }
        Socket upstream = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        threads.execute(() -> forward(client, upstream));
        threads.execute(() -> forward(upstream, client));
    }

    private static void forward(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException cut) {
            // The client, the server or disconnect() has closed the connection.
        }
    }

    @Override
    public void close() throws IOException {
        disconnect();
        serverSocket.close();
        threads.shutdownNow();
    }
}
