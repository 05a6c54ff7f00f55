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
 * Clients that send their request and never read. The least that the kernel lets them have is all they ever take; but on
 * loopback the kernel takes some megabytes more for them on the server's side, and only when that is full can a server
 * know. So each has its own moment from which on it took nothing more.
 */
final class NeverReading implements AutoCloseable {

    private static final int LEAST = 1024;
    private static final int CONNECT_MILLIS = 5000;

    private final int serverPort;
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<Integer, Taken> open = new HashMap<>(); // by the client's port
    private final long connectedAt;
    private long lookedAt;
    private long longest;

    NeverReading(Subject subject, String topic, int count) throws IOException {
        serverPort = subject.port();
        byte[] request = Streams.request(subject, topic);
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.setReceiveBufferSize(LEAST); // before it connects, or the window is larger
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), CONNECT_MILLIS);
                socket.getOutputStream().write(request);
                open.put(socket.getLocalPort(), new Taken(0, System.nanoTime()));
            } catch (IOException refused) {
                socket.close(); // one less to be closed by the server
            }
        }
        connectedAt = System.nanoTime();
        lookedAt = connectedAt;
    }

    /** Looks which of them the server still holds open, and what they took. */
    void look() {
        if (open.isEmpty()) {
            return;
        }
        Map<Integer, Long> queues = ProcessFigures.unsent(serverPort, open.keySet());
        lookedAt = System.nanoTime();
        for (Integer port : List.copyOf(open.keySet())) {
            Long unsent = queues.get(port);
            Taken taken = open.getOrDefault(port, new Taken(0, lookedAt));
            if (unsent == null) {
                longest = Math.max(longest, lookedAt - taken.at);
                open.remove(port);
            } else if (unsent > taken.bytes) {
                open.put(port, new Taken(unsent, lookedAt));
            }
        }
    }

    int open() {
        return open.size();
    }

    /** How many of those open have taken nothing for a while, in seconds. */
    long stuck(int seconds) {
        return open.values().stream()
                .filter(taken -> lookedAt - taken.at > seconds * 1_000_000_000L)
                .count();
    }

    /** How long after it took its last byte the slowest was closed, of those that were. */
    double longestSeconds() {
        return longest / 1e9;
    }

    /** How long after they connected it was that all were closed; negative if that has not come. */
    double closedSeconds() {
        return open.isEmpty() ? (lookedAt - connectedAt) / 1e9 : -1;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** How many bytes wait for a client in the server's kernel, and since when that has not grown. */
    private record Taken(long bytes, long at) {}
}
