package dev.courant.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** A subscriber and a publisher of a topic of their own, which measure the latency of an event every 10 ms. */
final class LatencyProbe implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 10;

    private final Socket publisher;
    private final Socket subscriber;
    private final Thread sending = new Thread(this::send, "probe-sender");
    private final Thread receiving = new Thread(this::receive, "probe-receiver");
    private final String path;
    private final LatencyHistogram latency = new LatencyHistogram();
    private volatile boolean stopped;

    LatencyProbe(InetSocketAddress server, ServerUnderTest subject) throws IOException {
        path = subject.publishPath("bench/probe");
        publisher = new Socket(server.getAddress(), server.getPort());
        subscriber = new Socket(server.getAddress(), server.getPort());
        publisher.setTcpNoDelay(true);
        String request = "GET " + subject.streamPath("bench/probe") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        subscriber.getOutputStream().write(request.getBytes(ISO_8859_1));
        receiving.start();
        sending.start();
    }

    private void send() {
        byte[] response = new byte[8192];
        try {
            while (!stopped) {
                String data = String.valueOf(FixedRatePublisher.micros());
                String request =
                        "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                                + data.length() + "\r\n\r\n" + data;
                publisher.getOutputStream().write(request.getBytes(ISO_8859_1));
                if (publisher.getInputStream().read(response) < 0) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException | InterruptedException end) {
            System.err.println("The probe ended: " + end.getMessage());
        }
    }

    private void receive() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(subscriber.getInputStream(), ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    latency.record(FixedRatePublisher.micros() - Long.parseLong(line.substring("data: ".length())));
                }
            }
        } catch (IOException closed) {
            // The trial has ended.
        }
    }

    /** Ends the measurement, and returns the latencies. */
    LatencyHistogram stop() throws IOException, InterruptedException {
        stopped = true;
        sending.join();
        close();
        receiving.join();
        return latency;
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        publisher.close();
        subscriber.close();
    }
}
