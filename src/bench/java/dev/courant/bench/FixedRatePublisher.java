package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.courant.check.EventPayload;
import dev.courant.check.PublishedEvents;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that publishes to one topic at a fixed rate, with one connection and one request at a time. After a delay of the
 * server it catches up to one second of events.
 */
final class FixedRatePublisher implements Runnable {

    private static final int TIMEOUT_MILLIS = 5000;
    private static final long MAX_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int port;
    private final byte[] request;
    private final int head;
    private final EventPayload payload;
    private final long interval;
    private final List<@Nullable String> responses = new ArrayList<>(); // by sequence number; null without a success
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Thread thread = new Thread(this, "publisher");

    private volatile boolean stopping;
    private volatile int issued;
    private volatile int failed;
    private volatile boolean measuring;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    FixedRatePublisher(int port, String path, String topic, LoadOptions load) {
        this.port = port;
        byte[] headers = ("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nContent-Type: text/plain\r\nContent-Length: " + load.bytes() + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        head = headers.length;
        request = Arrays.copyOf(headers, head + load.bytes());
        payload = new EventPayload(topic);
        interval = TimeUnit.SECONDS.toNanos(1) / load.rate();
    }

    /** Returns the time for payloads, in microseconds, which only this process can interpret. */
    static long micros() {
        return System.nanoTime() / 1000 & Long.MAX_VALUE;
    }

    void start() {
        thread.start();
    }

    /** Returns the number of the last event that was sent or is being sent. */
    int issued() {
        return issued;
    }

    int failed() {
        return failed;
    }

    /** Starts to record the latency of acknowledgements. */
    void measure() {
        measuring = true;
    }

    /** Stops the thread, and waits for its end. Call the other methods that return results after this one. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    /** Returns the latency of acknowledgements. */
    LatencyHistogram latency() {
        return latency;
    }

    PublishedEvents published() {
        PublishedEvents published = new PublishedEvents();
        for (int i = 0; i < responses.size(); i++) {
            String response = responses.get(i);
            if (response == null) {
                published.attempted(i + 1);
            } else {
                published.acknowledged(i + 1, response);
            }
        }
        return published;
    }

    /** Returns the published events in the format of {@link dev.courant.check.Check}. */
    List<String> lines(String topic) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < responses.size(); i++) {
            String response = responses.get(i);
            boolean id = response != null && response.matches("[a-z0-9]+-[0-9]+");
            lines.add((response == null ? "? " : "+ ") + topic + ' ' + (i + 1) + (id ? " " + response : ""));
        }
        return lines;
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        while (!stopping) {
            long now = System.nanoTime();
            if (now < due) {
                LockSupport.parkNanos(due - now);
                continue;
            }
            due = Math.max(due + interval, now - MAX_BEHIND_NANOS);
            publish();
        }
        disconnect();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void publish() {
        issued++;
        String response = null;
        long start = micros();
        payload.write(request, head, issued, start);
        try {
            if (socket == null) {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                in = new BufferedInputStream(socket.getInputStream());
            }
            socket.getOutputStream().write(request);
            response = readResponse();
            if (measuring) {
                latency.record(micros() - start);
            }
        } catch (IOException | RuntimeException broken) {
            disconnect();
        }
        if (response == null) {
            failed++;
        }
        responses.add(response);
    }

    /** Returns the body of a successful response, or null. */
    private @Nullable String readResponse() throws IOException {
        boolean success = readLine().matches("HTTP/1\\.1 2\\d\\d.*");
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String line = readLine().toLowerCase(Locale.ROOT);
                !line.isEmpty();
                line = readLine().toLowerCase(Locale.ROOT)) {
            chunked |= line.equals("transfer-encoding: chunked");
            last |= line.equals("connection: close");
            length = line.startsWith("content-length:")
                    ? Integer.parseInt(line.substring(15).strip())
                    : length;
        }
        String body;
        if (chunked) {
            StringBuilder whole = new StringBuilder();
            for (int size = Integer.parseInt(readLine(), 16); size > 0; size = Integer.parseInt(readLine(), 16)) {
                whole.append(new String(in.readNBytes(size), ISO_8859_1)).append(readLine());
            }
            readLine();
            body = whole.toString();
        } else {
            body = new String(in.readNBytes(length), ISO_8859_1);
        }
        if (last) {
            disconnect();
        }
        return success ? body : null;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).strip();
    }

    private void disconnect() {
        try (Socket old = socket) {
            socket = null;
        } catch (IOException closed) {
            // The connection is closed anyway.
        }
    }
}
