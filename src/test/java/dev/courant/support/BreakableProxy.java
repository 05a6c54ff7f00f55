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

/** A way to a server that can break: whatever was on it is cut off, and nothing gets across until it is mended. */
public final class BreakableProxy implements AutoCloseable {

    private final URI server;
    private final ServerSocket entry = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Set<Socket> open = new HashSet<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private boolean broken;

    public BreakableProxy(URI server) throws IOException {
        this.server = server;
        threads.execute(this::admit);
    }

    /** The server's address by this way. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + entry.getLocalPort() + server.getPath());
    }

    public synchronized void breakDown() throws IOException {
        broken = true;
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    public synchronized void mend() {
        broken = false;
    }

    private void admit() {
        try {
            while (true) {
                connect(entry.accept());
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        if (broken) {
            client.close();
            return;
        }
        Socket across = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(across);
        threads.execute(() -> carry(client, across));
        threads.execute(() -> carry(across, client));
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException cut) {
            // by either side, or here
        }
    }

    @Override
    public void close() throws IOException {
        breakDown();
        entry.close();
        threads.shutdownNow();
    }
}
