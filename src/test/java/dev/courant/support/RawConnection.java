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

/** HTTP/1.1 by hand: whatever is to be sent, several requests at a time, and the answers one by one. */
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

    /** Says that nothing more comes, and still reads. */
    public void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether something has come that was not read. */
    public boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /** The next final answer; {@code null} if the server has closed the connection. A stream's body is left unread. */
    public @Nullable Answer read(boolean toHead) throws IOException {
        String head;
        do {
            head = head();
        } while (head != null && head.startsWith("HTTP/1.1 1"));
        if (head == null) {
            return null;
        }
        if (!head.startsWith("HTTP/1.1 ")) {
            throw new ProtocolException("no answer begins like this: " + head);
        }
        Answer answer = new Answer(head, "");
        if (toHead || answer.isStream() || answer.status() == 204 || answer.status() == 304) {
            return answer;
        }
        return new Answer(head, new String(body(answer), ISO_8859_1));
    }

    private byte[] body(Answer answer) throws IOException {
        return stream(answer).readAllBytes();
    }

    /** The body of a stream that {@link #read} has left unread, without the chunks that it comes in. */
    public InputStream stream(Answer answer) throws IOException {
        String length = answer.header("Content-Length");
        if (length != null) {
            return new ByteArrayInputStream(in.readNBytes(Integer.parseInt(length)));
        }
        return "chunked".equalsIgnoreCase(answer.header("Transfer-Encoding")) ? new BodyStream(in) : in;
    }

    /** Returns the next status line and headers, of an interim answer too; {@code null} if the server has closed the connection. */
    @Nullable
    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); !line.equals("\r\n"); line = line()) {
            if (line.isEmpty()) {
                return null;
            }
            head.append(line);
        }
        return head.toString();
    }

    /** With its end; empty at the end of everything. */
    private String line() throws IOException {
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

    /** @param head the line of the status and the headers, as they came */
    public record Answer(String head, String body) {

        public int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        public boolean isStream() {
            return status() == 200 && "text/event-stream".equals(header("Content-Type"));
        }

        /** Whether nothing comes behind it. */
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
