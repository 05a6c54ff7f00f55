package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.courant.check.Payload;
import dev.courant.check.Published;
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
 * Publishes to one topic at a fixed rate, by one connection and one request at a time; if the server keeps it waiting,
 * it catches up, for as long as a second. A thread of its own.
 */
final class Publisher implements Runnable {

    private static final int PATIENCE_MILLIS = 5000;
    private static final long MOST_BEHIND = TimeUnit.SECONDS.toNanos(1);

    private final int port;
    private final byte[] request;
    private final int head;
    private final Payload payload;
    private final long interval;
    private final List<@Nullable String> answers = new ArrayList<>(); // by sequence number; null if there was none
    private final Latency latency = new Latency();
    private final Thread thread = new Thread(this, "publisher");

    private volatile boolean stopping;
    private volatile int issued;
    private volatile int failed;
    private volatile boolean measuring;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    Publisher(int port, String path, String topic, Load load) {
        this.port = port;
        byte[] headers = ("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nContent-Type: text/plain\r\nContent-Length: " + load.bytes() + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        head = headers.length;
        request = Arrays.copyOf(headers, head + load.bytes());
        payload = new Payload(topic);
        interval = TimeUnit.SECONDS.toNanos(1) / load.rate();
    }

    /** Time in the payloads: what the reader of this very process compares with. */
    static long micros() {
        return System.nanoTime() / 1000 & Long.MAX_VALUE;
    }

    void start() {
        thread.start();
    }

    /** The number of the last event that was sent, or is being sent. */
    int issued() {
        return issued;
    }

    int failed() {
        return failed;
    }

    /** From now on it is noted how long the server takes. */
    void measure() {
        measuring = true;
    }

    /** Ends it; then it can be asked what was published. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    /** How long the server took to acknowledge. To be asked when it has stopped. */
    Latency latency() {
        return latency;
    }

    Published published() {
        Published published = new Published();
        for (int i = 0; i < answers.size(); i++) {
            String answer = answers.get(i);
            if (answer == null) {
                published.attempted(i + 1);
            } else {
                published.acknowledged(i + 1, answer);
            }
        }
        return published;
    }

    /** As {@link dev.courant.check.Check} reads them. */
    List<String> lines(String topic) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String answer = answers.get(i);
            boolean id = answer != null && answer.matches("[a-z0-9]+-[0-9]+");
            lines.add((answer == null ? "? " : "+ ") + topic + ' ' + (i + 1) + (id ? " " + answer : ""));
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
            due = Math.max(due + interval, now - MOST_BEHIND);
            publish();
        }
        disconnect();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void publish() {
        issued++;
        String answer = null;
        long start = micros();
        payload.write(request, head, issued, start);
        try {
            if (socket == null) {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(PATIENCE_MILLIS);
                in = new BufferedInputStream(socket.getInputStream());
            }
            socket.getOutputStream().write(request);
            answer = answer();
            if (measuring) {
                latency.record(micros() - start);
            }
        } catch (IOException | RuntimeException broken) {
            disconnect();
        }
        if (answer == null) {
            failed++;
        }
        answers.add(answer);
    }

    /** The body of a success, or null. */
    private @Nullable String answer() throws IOException {
        boolean success = line().matches("HTTP/1\\.1 2\\d\\d.*");
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String line = line().toLowerCase(Locale.ROOT); !line.isEmpty(); line = line().toLowerCase(Locale.ROOT)) {
            chunked |= line.equals("transfer-encoding: chunked");
            last |= line.equals("connection: close");
            length = line.startsWith("content-length:")
                    ? Integer.parseInt(line.substring(15).strip())
                    : length;
        }
        String body;
        if (chunked) {
            StringBuilder whole = new StringBuilder();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                whole.append(new String(in.readNBytes(size), ISO_8859_1)).append(line());
            }
            line();
            body = whole.toString();
        } else {
            body = new String(in.readNBytes(length), ISO_8859_1);
        }
        if (last) {
            disconnect();
        }
        return success ? body : null;
    }

    private String line() throws IOException {
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
            // gone is gone
        }
    }
}
