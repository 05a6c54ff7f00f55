package dev.courant.support;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a chunked response (RFC 9112, section 7.1). The stream ends after the last chunk; reading fails if the
 * connection ends before it.
 */
final class BodyStream extends InputStream {

    private final InputStream in;
    private int remaining; // bytes in the current chunk
    private boolean started;
    private boolean ended;

    /** @param in the connection, after the head of the response */
    public BodyStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (remaining == 0 && !ended) {
            readChunkHead();
        }
        if (ended) {
            return -1;
        }
        remaining--;
        return readOctet();
    }

    private void readChunkHead() throws IOException {
        if (started && !readLine().isEmpty()) {
            throw new IOException("a chunk is longer than its size");
        }
        started = true;
        remaining = Integer.parseInt(readLine().strip(), 16);
        if (remaining == 0) {
            ended = true;
            readLine();
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = readOctet(); octet != '\n'; octet = readOctet()) {
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    private int readOctet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("the response ended before its last chunk");
        }
        return octet;
    }
}
