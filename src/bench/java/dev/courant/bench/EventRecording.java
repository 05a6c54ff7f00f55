package dev.courant.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of sent and received events of one topic, in the format of {@link dev.courant.check.Check}. Not thread-safe. */
final class EventRecording implements AutoCloseable {

    private final OutputStream out;
    private final String topic;

    EventRecording(Path file, String topic) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        this.topic = topic;
    }

    void write(String client, String what) {
        writeLine(client + ' ' + topic + ' ' + what);
    }

    void writePublished(List<String> lines) {
        lines.forEach(this::writeLine);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void writeLine(String line) {
        try {
            out.write((line + '\n').getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
