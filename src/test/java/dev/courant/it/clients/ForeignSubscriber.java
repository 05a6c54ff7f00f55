package dev.courant.it.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.support.HttpEventStream;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber in a separate process, which prints a JSON array for each open, event, error and end. */
final class ForeignSubscriber implements AutoCloseable {

    private static final List<String> OPEN = List.of("open");
    private static final List<String> END = List.of("end");

    private final Process process;
    private final BlockingQueue<List<String>> messages = new LinkedBlockingQueue<>();
    private final Thread reader;

    ForeignSubscriber(Process process) {
        this.process = process;
        reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until the subscriber has received the response. */
    void awaitOpen() throws InterruptedException {
        List<String> next = next();
        if (!next.equals(OPEN)) {
            throw new AssertionError("not open, but " + next);
        }
    }

    /** Waits for the next event, {@code [type, id, data]}, and ignores disconnections before it. */
    List<String> awaitEvent() throws InterruptedException {
        List<String> next;
        do {
            next = next();
        } while (next.size() < 3);
        return next;
    }

    /** Waits for the next error. */
    void awaitError() throws InterruptedException {
        List<String> next = next();
        if (!next.get(0).equals("error")) {
            throw new AssertionError("no error, but " + next);
        }
    }

    private List<String> next() throws InterruptedException {
        List<String> next = messages.poll(HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        if (next == null || next == END) {
            throw new AssertionError(next == null ? "no message before the deadline" : "the client ended");
        }
        return next;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().forEach(line -> messages.add(parse(line)));
        } catch (IOException | UncheckedIOException closed) {
            // close() was called
        } finally {
            messages.add(END);
        }
    }

    private static List<String> parse(String line) {
        try (JsonReader json = Json.createReader(new StringReader(line))) {
            return json.readArray().getValuesAs(JsonString::getString);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        reader.join(HttpEventStream.DEADLINE.toMillis());
    }
}
