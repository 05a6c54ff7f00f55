package dev.courant.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.courant.check.CheckFindings;
import dev.courant.check.EventPayload;
import dev.courant.check.PublishedEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread that opens and reads many streams of one topic. */
final class StreamClients implements Runnable {

    private static final int BUFFER = 1 << 16;
    private static final long SELECT_MILLIS = 20;

    private final InetSocketAddress server;
    private final byte[] request;
    private final String topic;
    private final EventPayload payload;
    private final StreamCounters counters;
    private final int count;
    private final int connectRate;
    private final @Nullable EventRecording recording;
    private final Selector selector = Selector.open();
    private final List<StreamClient> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER];
    private final Thread thread = new Thread(this, "streams");

    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    StreamClients(
            ServerUnderTest subject,
            String topic,
            StreamCounters counters,
            LoadOptions load,
            @Nullable EventRecording recording)
            throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), subject.port());
        request = request(subject, topic);
        this.topic = topic;
        payload = new EventPayload(topic);
        this.counters = counters;
        count = load.readers();
        connectRate = load.connectRate();
        this.recording = recording;
    }

    static byte[] request(ServerUnderTest subject, String topic) {
        return ("GET " + subject.streamPath(topic) + " HTTP/1.1\r\nHost: localhost:" + subject.port()
                        + "\r\nAccept: text/event-stream\r\nCache-Control: no-cache\r\n\r\n")
                .getBytes(US_ASCII);
    }

    void start() {
        thread.start();
    }

    /** Stops the thread and closes all streams. Read the findings afterwards only. */
    void stop() throws InterruptedException {
        stopping = true;
        selector.wakeup();
        thread.join();
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the benchmark client failed", failed);
        }
    }

    /** Returns whether each stream was opened or rejected. */
    boolean isComplete() {
        return counters.connected() + counters.refusals() >= count;
    }

    long threadId() {
        return thread.getId();
    }

    CheckFindings findings(PublishedEvents published) {
        CheckFindings findings = new CheckFindings();
        for (StreamClient client : clients) {
            if (client.wasOpened()) {
                client.receipts().finish(published);
                findings.add(client.name(), topic, published, client.receipts());
            }
        }
        return findings;
    }

    @Override
    public void run() {
        try (selector) {
            long start = System.nanoTime();
            while (!stopping) {
                long due = (System.nanoTime() - start) * connectRate / TimeUnit.SECONDS.toNanos(1);
                while (clients.size() < Math.min(due, count)) {
                    StreamClient client = new StreamClient("c" + clients.size(), payload, counters, recording);
                    clients.add(client);
                    client.connect(server, selector);
                }
                selector.select(this::serve, clients.size() < count ? 1 : SELECT_MILLIS);
            }
            clients.forEach(StreamClient::close);
        } catch (IOException | RuntimeException | Error broken) {
            failure = broken;
        }
    }

    private void serve(SelectionKey key) {
        StreamClient client = (StreamClient) key.attachment();
        try {
            if (key.isConnectable()) {
                client.sendRequest(key, request);
            } else {
                client.read(buffer, bytes);
            }
        } catch (IOException broken) {
            client.end();
        }
    }
}
