package dev.courant.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients that send their request and never read, with the smallest receive buffer. On loopback, the kernel also buffers
 * some megabytes on the server's side, and only then can the server notice. So the time of the last accepted byte is
 * recorded for each client. Not thread-safe.
 */
final class NonReadingClients implements AutoCloseable {

    private static final int RECEIVE_BUFFER_BYTES = 1024;
    private static final int CONNECT_MILLIS = 5000;

    private final int serverPort;
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<Integer, UnsentBytes> open = new HashMap<>(); // by the client's port
    private final long connectedAt;
    private long updatedAt;
    private long maxNanosUntilClosed;

    NonReadingClients(ServerUnderTest subject, String topic, int count) throws IOException {
        serverPort = subject.port();
        byte[] request = StreamClients.request(subject, topic);
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES); // takes effect before connecting only
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), CONNECT_MILLIS);
                socket.getOutputStream().write(request);
                open.put(socket.getLocalPort(), new UnsentBytes(0, System.nanoTime()));
            } catch (IOException refused) {
                socket.close(); // not counted
            }
        }
        connectedAt = System.nanoTime();
        updatedAt = connectedAt;
    }

    /** Updates which connections are open and how many bytes they have accepted. */
    void update() {
        if (open.isEmpty()) {
            return;
        }
        Map<Integer, Long> queues = ProcessStats.readUnsentBytes(serverPort, open.keySet());
        updatedAt = System.nanoTime();
        for (Integer port : List.copyOf(open.keySet())) {
            Long unsent = queues.get(port);
            UnsentBytes last = open.getOrDefault(port, new UnsentBytes(0, updatedAt));
            if (unsent == null) {
                maxNanosUntilClosed = Math.max(maxNanosUntilClosed, updatedAt - last.at);
                open.remove(port);
            } else if (unsent > last.bytes) {
                open.put(port, new UnsentBytes(unsent, updatedAt));
            }
        }
    }

    int open() {
        return open.size();
    }

    /** Returns the number of open connections that have accepted no byte for this number of seconds. */
    long countStuck(int seconds) {
        return open.values().stream()
                .filter(last -> updatedAt - last.at > seconds * 1_000_000_000L)
                .count();
    }

    /** Returns the maximum time from the last accepted byte until the server closed the connection. */
    double maxSecondsUntilClosed() {
        return maxNanosUntilClosed / 1e9;
    }

    /** Returns the time from connecting until all connections were closed, or a negative number if some are open. */
    double closedSeconds() {
        return open.isEmpty() ? (updatedAt - connectedAt) / 1e9 : -1;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The number of bytes in the server's send queue, and the time since when it has not grown. */
    private record UnsentBytes(long bytes, long at) {}
}
