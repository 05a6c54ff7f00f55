package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.courant.check.Payload;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** Publishes the next event as soon as the last is answered, by one connection that it keeps. */
final class PublishingClient {

    private final SocketAddress server;
    private final Selector selector;
    private final Publishers all;
    private final Payload payload;
    private final byte[] request;
    private final int head;
    private final Answer answer = new Answer();
    private SocketChannel channel;
    private long start;
    private long offset = -1;

    PublishingClient(Subject subject, SocketAddress server, String topic, int bytes, Selector selector, Publishers all)
            throws IOException {
        this.server = server;
        this.selector = selector;
        this.all = all;
        payload = new Payload(topic);
        byte[] headers = ("POST " + subject.publishPath(topic) + " HTTP/1.1\r\nHost: localhost:" + subject.port()
                        + "\r\nContent-Type: text/plain\r\nContent-Length: " + bytes + "\r\n\r\n")
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
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // leaves no port behind that has to wait
        channel.register(selector, SelectionKey.OP_CONNECT, this);
        channel.connect(server);
    }

    /** @param buffer scratch space that all clients of a thread share */
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
        if (answer.read(buffer.flip())) {
            boolean inOrder = !answer.isSuccess() || answer.offset() > offset;
            offset = Math.max(offset, answer.offset());
            all.answered(start, answer.isSuccess(), inOrder);
            if (answer.isLast()) {
                connect();
            } else {
                publish();
            }
        }
    }

    /** A request is small, and the connection idle: it is taken at once. */
    private void publish() throws IOException {
        answer.clear();
        start = Publisher.micros();
        payload.write(request, head, all.next(), start);
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // gone is gone
        }
    }
}
