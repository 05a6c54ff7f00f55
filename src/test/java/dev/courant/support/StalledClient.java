package dev.courant.support;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.courant.it.journal.PublishLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;

/** A client that does not read its stream, to which the server has sent more bytes than all socket buffers hold. */
public final class StalledClient implements AutoCloseable {

    private static final int RECEIVE_BUFFER_BYTES = 4096;

    private final Socket socket = new Socket();

    /** @param topic the address of a topic that accepts anonymous publications */
    public StalledClient(URI topic) throws IOException, InterruptedException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(topic.getHost(), topic.getPort()));
        socket.setSoTimeout((int) HttpEventStream.DEADLINE.toMillis());
        String request = "GET " + topic.getPath() + " HTTP/1.1\r\nHost: " + topic.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        socket.getInputStream().read(); // one byte: the stream is open
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 8; i++) {
            PublishLoop.post(client, topic, large);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
