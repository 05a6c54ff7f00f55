package dev.courant.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several that publish to one topic as fast as they are answered, all by one thread. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
final class Publishers implements Runnable {

    private static final int BUFFER = 1 << 14;
    private static final long MOST_WAIT_MILLIS = 100;

    /** Of a server that answers nothing but errors there is nothing to measure. */
    private static final int MOST_FAILURES = 1000;

    private final Selector selector = Selector.open();
    private final List<PublishingClient> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Latency latency = new Latency();
    private final Thread thread = new Thread(this, "publishers");

    private long sequence;
    private volatile long acknowledged;
    private volatile int failed;
    private volatile int disordered;
    private volatile long measureFrom = Long.MAX_VALUE;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    Publishers(Subject subject, String topic, int count, int bytes) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), subject.port());
        for (int i = 0; i < count; i++) {
            clients.add(new PublishingClient(subject, server, topic, bytes, selector, this));
        }
    }

    void start() {
        thread.start();
    }

    /** From now on it is noted how long the server takes. */
    void measure() {
        measureFrom = Publisher.micros();
    }

    /** Ends it; then the latency can be asked for. */
    void stop() throws InterruptedException {
        stopping = true;
        selector.wakeup();
        thread.join();
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the client itself failed", failed);
        }
    }

    long threadId() {
        return thread.getId();
    }

    long acknowledged() {
        return acknowledged;
    }

    int failed() {
        return failed;
    }

    /** How many were given an id that does not come after that of the same client's last. */
    int disordered() {
        return disordered;
    }

    Latency latency() {
        return latency;
    }

    /** The number of the next event; for the clients, as {@link #answered}. */
    long next() {
        return ++sequence;
    }

    void answered(long start, boolean success, boolean inOrder) {
        acknowledged += success ? 1 : 0;
        failed += success ? 0 : 1;
        disordered += inOrder ? 0 : 1;
        if (success && start >= measureFrom) {
            latency.record(Publisher.micros() - start);
        }
    }

    @Override
    public void run() {
        try (selector) {
            for (PublishingClient client : clients) {
                client.connect();
            }
            while (!stopping && failed < MOST_FAILURES) {
                selector.select(this::serve, MOST_WAIT_MILLIS);
            }
        } catch (IOException | RuntimeException | Error broken) {
            failure = broken;
        } finally {
            clients.forEach(PublishingClient::close);
        }
    }

    private void serve(SelectionKey key) {
        PublishingClient client = (PublishingClient) key.attachment();
        try {
            client.serve(key, buffer);
        } catch (IOException broken) {
            failed++;
            reconnect(client);
        }
    }

    private void reconnect(PublishingClient client) {
        try {
            client.connect();
        } catch (IOException impossible) {
            stopping = true;
            failure = impossible;
        }
    }
}
