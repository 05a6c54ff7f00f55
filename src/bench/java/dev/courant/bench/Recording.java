package dev.courant.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What came and went of one topic, as {@link dev.courant.check.Check} reads it. Not for several threads at once. */
final class Recording implements AutoCloseable {

    private final OutputStream out;
    private final String topic;

    Recording(Path file, String topic) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        this.topic = topic;
    }

    void note(String client, String what) {
        line(client + ' ' + topic + ' ' + what);
    }

    void published(List<String> lines) {
        lines.forEach(this::line);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void line(String line) {
        try {
            out.write((line + '\n').getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
