package dev.courant.support;

import java.io.IOException;
import java.io.InputStream;

/** What is in the chunks of a response (RFC 9112, section 7.1), as it comes. Ends with the last chunk, and fails before it. */
final class BodyStream extends InputStream {

    private final InputStream in;
    private int left; // of this chunk
    private boolean begun;
    private boolean ended;

    /** @param in behind the head of the response */
    public BodyStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (left == 0 && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        left--;
        return octet();
    }

    private void next() throws IOException {
        if (begun && !line().isEmpty()) {
            throw new IOException("a chunk does not end where it should");
        }
        begun = true;
        left = Integer.parseInt(line().strip(), 16);
        if (left == 0) {
            ended = true;
            line();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("the response broke off");
        }
        return octet;
    }
}
