package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.courant.check.EventPayload;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * A client with one persistent connection that publishes the next event after each response. To the server "mercure" it
 * publishes by the Mercure protocol.
 */
final class PublishingClient {

    private final SocketAddress server;
    private final Selector selector;
    private final PublisherPool pool;
    private final EventPayload payload;
    private final byte[] request;
    private final int head;
    private final PublishResponse response = new PublishResponse();
    private SocketChannel channel;
    private long start;
    private long offset = -1;

    PublishingClient(
            ServerUnderTest subject,
            SocketAddress server,
            String topic,
            int bytes,
            Selector selector,
            PublisherPool pool)
            throws IOException {
        this.server = server;
        this.selector = selector;
        this.pool = pool;
        payload = new EventPayload(topic);
        boolean mercure = subject.name().equals("mercure");
        String fields = mercure ? "topic=" + topic + "&data=" : "";
        byte[] headers = ("POST " + (mercure ? "/.well-known/mercure" : subject.publishPath(topic))
                        + " HTTP/1.1\r\nHost: localhost:" + subject.port() + "\r\nContent-Type: "
                        + (mercure ? "application/x-www-form-urlencoded" : "text/plain") + "\r\nContent-Length: "
                        + (fields.length() + bytes) + "\r\n\r\n" + fields)
                .getBytes(ISO_8859_1);
        head = headers.length;
        request = Arrays.copyOf(headers, head + bytes);
        channel = SocketChannel.open();
    }

    void connect() throws IOException {
        channel.close();
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // avoids ports in TIME_WAIT
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        channel.connect(server);
    }

    /** @param buffer a scratch buffer that all clients share */
    void serve(SelectionKey key, ByteBuffer buffer) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            publish();
            return;
        }
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new IOException("the server closed the connection");
        }
        if (response.read(buffer.flip())) {
            boolean inOrder = !response.isSuccess() || response.offset() > offset;
            offset = Math.max(offset, response.offset());
            pool.addResponse(start, response.isSuccess(), inOrder);
            if (response.isLast()) {
                connect();
            } else {
                publish();
            }
        }
    }

    /** Writes the request at once: it is small, and the connection is idle. */
    private void publish() throws IOException {
        response.clear();
        start = FixedRatePublisher.micros();
        payload.write(request, head, pool.nextSequence(), start);
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The connection is closed anyway.
        }
    }
}
