package dev.courant.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The output stream that the JAX-RS implementation sees. It never blocks. It collects bytes and passes them to the
 * connection at each flush, so that an event written in parts is sent as a whole. Thread-safe.
 */
final class StagedOutput extends ServletOutputStream {

    private final ResponseConnection connection;
    private final ByteArrayOutputStream staged = new ByteArrayOutputStream(64);
    private boolean begun; // guarded by staged

    StagedOutput(ResponseConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(int b) {
        staged.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        staged.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        byte[] bytes;
        synchronized (staged) {
            bytes = begun ? staged.toByteArray() : withoutEmptyLines(staged.toByteArray());
            begun |= bytes.length > 0;
            staged.reset();
        }
        if (bytes.length > 0) {
            connection.send(bytes);
        }
    }

    /** Removes the two empty lines that RESTEasy writes at the start of a stream. */
    private static byte[] withoutEmptyLines(byte[] bytes) {
        int from = 0;
        while (from < bytes.length && bytes[from] == '\n') {
            from++;
        }
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    void reset() {
        staged.reset();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Calls the listener at once, for implementations that write by callback: this stream is always ready. */
    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            listener.onWritePossible();
        } catch (IOException | RuntimeException failed) {
            listener.onError(failed);
        }
    }
}
