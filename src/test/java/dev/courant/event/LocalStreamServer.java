package dev.courant.event;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local server that sends bytes in portions that end anywhere: within a line, within a character. */
public final class LocalStreamServer implements AutoCloseable {

    private static final int MAX_PORTION = 4096;

    static {
        // Otherwise each small portion waits for the acknowledgement of the previous one.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public LocalStreamServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    /** @return the address of the stream */
    public URI serve(String path, String type, byte[] bytes) {
        server.createContext(path, exchange -> answer(exchange, type, bytes));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, String type, byte[] bytes) throws IOException {
        Random random = new Random(bytes.length);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            int at = 0;
            while (at < bytes.length) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(MAX_PORTION));
                body.write(bytes, at, length);
                body.flush();
                at += length;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
