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

/** A thread with several clients that publish to one topic, each the next event after the previous response. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
final class PublisherPool implements Runnable {

    private static final int BUFFER = 1 << 14;
    private static final long SELECT_MILLIS = 100;

    /** The number of failures after which the trial ends. */
    private static final int MAX_FAILURES = 1000;

    private final Selector selector = Selector.open();
    private final List<PublishingClient> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Thread thread = new Thread(this, "publishers");

    private long sequence;
    private volatile long acknowledged;
    private volatile int failed;
    private volatile int outOfOrder;
    private volatile long measureFrom = Long.MAX_VALUE;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    PublisherPool(ServerUnderTest subject, String topic, int count, int bytes) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), subject.port());
        for (int i = 0; i < count; i++) {
            clients.add(new PublishingClient(subject, server, topic, bytes, selector, this));
        }
    }

    void start() {
        thread.start();
    }

    /** Starts to record the latency of acknowledgements. */
    void measure() {
        measureFrom = FixedRatePublisher.micros();
    }

    /** Stops the thread, and waits for its end. Read the latency afterwards only. */
    void stop() throws InterruptedException {
        stopping = true;
        selector.wakeup();
        thread.join();
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the benchmark client failed", failed);
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

    /** Returns the number of events whose id does not follow the previous id of the same client. */
    int outOfOrder() {
        return outOfOrder;
    }

    LatencyHistogram latency() {
        return latency;
    }

    /** Returns the number of the next event. Called by the clients, like {@link #addResponse}. */
    long nextSequence() {
        return ++sequence;
    }

    void addResponse(long start, boolean success, boolean inOrder) {
        acknowledged += success ? 1 : 0;
        failed += success ? 0 : 1;
        outOfOrder += inOrder ? 0 : 1;
        if (success && start >= measureFrom) {
            latency.record(FixedRatePublisher.micros() - start);
        }
    }

    @Override
    public void run() {
        try (selector) {
            for (PublishingClient client : clients) {
                client.connect();
            }
            while (!stopping && failed < MAX_FAILURES) {
                selector.select(this::serve, SELECT_MILLIS);
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
