package dev.courant.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 connection that sends arbitrary bytes, for example several requests at once, and parses the responses. */
public final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    public RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) HttpEventStream.DEADLINE.toMillis());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Closes the sending half of the connection. */
    public void endRequests() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether the server has sent bytes that are not read yet. */
    public boolean hasUnreadData() throws IOException {
        return in.available() > 0;
    }

    /**
     * Returns the next final response, or {@code null} if the server has closed the connection. Does not read the body of a
     * stream.
     */
    public @Nullable RawResponse read(boolean isHeadRequest) throws IOException {
        String head;
        do {
            head = readHead();
        } while (head != null && head.startsWith("HTTP/1.1 1"));
        if (head == null) {
            return null;
        }
        if (!head.startsWith("HTTP/1.1 ")) {
            throw new ProtocolException("invalid status line: " + head);
        }
        RawResponse response = new RawResponse(head, "");
        if (isHeadRequest || response.isStream() || response.status() == 204 || response.status() == 304) {
            return response;
        }
        return new RawResponse(head, new String(readBody(response), ISO_8859_1));
    }

    private byte[] readBody(RawResponse response) throws IOException {
        return stream(response).readAllBytes();
    }

    /** Returns the body of a response whose body is not read yet, without its chunk framing. */
    public InputStream stream(RawResponse response) throws IOException {
        String length = response.header("Content-Length");
        if (length != null) {
            return new ByteArrayInputStream(in.readNBytes(Integer.parseInt(length)));
        }
        return "chunked".equalsIgnoreCase(response.header("Transfer-Encoding")) ? new BodyStream(in) : in;
    }

    /** Returns the next status line and headers, also of an interim response, or {@code null} at the end of the connection. */
    @Nullable
    public String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = readLine(); !line.equals("\r\n"); line = readLine()) {
            if (line.isEmpty()) {
                return null;
            }
            head.append(line);
        }
        return head.toString();
    }

    /** Returns the next line with its line terminator, or an empty string at the end of the connection. */
    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        int octet;
        do {
            octet = in.read();
            if (octet >= 0) {
                line.write(octet);
            }
        } while (octet >= 0 && octet != '\n');
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** @param head the status line and the headers, as received */
    public record RawResponse(String head, String body) {

        public int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        public boolean isStream() {
            return status() == 200 && "text/event-stream".equals(header("Content-Type"));
        }

        /** Returns whether the server sends no further response on this connection. */
        public boolean isLast() {
            return isStream() || "close".equalsIgnoreCase(header("Connection"));
        }

        @Nullable
        public String header(String name) {
            for (String line : head.split("\r\n")) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return null;
        }
    }
}
