package dev.courant.support;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/** A reader of the lines of a chunked response (RFC 9112, section 7.1). It reads a chunk only when a line is requested. */
public final class ChunkedLineReader {

    private final DataInputStream in;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final Queue<String> lines = new ArrayDeque<>();

    public ChunkedLineReader(InputStream response) throws IOException {
        in = new DataInputStream(new BufferedInputStream(response, 1024));
        while (!readHeadLine().isEmpty()) {
            // Skips the head.
        }
    }

    /** Returns the next line that matches. */
    public String readLine(String pattern) throws IOException {
        while (true) {
            String line = lines.poll();
            if (line == null) {
                readChunk();
            } else if (line.matches(pattern)) {
                return line;
            }
        }
    }

    private void readChunk() throws IOException {
        int length = Integer.parseInt(readHeadLine(), 16);
        byte[] chunk = new byte[length];
        in.readFully(chunk);
        if (length == 0 || !readHeadLine().isEmpty()) {
            throw new IOException("the stream ended, or a chunk is longer than its size");
        }
        for (byte each : chunk) {
            if (each == '\n') {
                lines.add(unfinished.toString(UTF_8));
                unfinished.reset();
            } else {
                unfinished.write(each);
            }
        }
    }

    private String readHeadLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.readUnsignedByte(); each != '\n'; each = in.readUnsignedByte()) {
            if (each != '\r') {
                line.write(each);
            }
        }
        return line.toString(US_ASCII);
    }
}
