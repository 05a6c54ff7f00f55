package dev.courant.support;

import dev.courant.check.Checker;
import dev.courant.it.cluster.ClusterNodes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes a topic's name and 1, 2, 3 and so on to it, one after the other. With keys, what is not acknowledged is
 * published again, on the next node, until it is; without, it is left at that.
 */
public final class SequencePublisher implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ClusterNodes nodes;
    private final String topic;
    private final boolean keyed;
    private final long pauseNanos;
    private final TreeMap<Long, Long> begunAt = new TreeMap<>(); // by time, the number; guarded by itself
    private final List<String> ids = new ArrayList<>(); // null for what was not acknowledged; guarded by itself
    private final Map<Integer, Integer> refused = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile long acknowledged;
    private volatile boolean stopping;

    public SequencePublisher(ClusterNodes nodes, String topic, boolean keyed, long pauseMillis) {
        this.nodes = nodes;
        this.topic = topic;
        this.keyed = keyed;
        pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        thread = Executors.defaultThreadFactory().newThread(this::publish);
        thread.setDaemon(true);
        thread.start();
    }

    public String topic() {
        return topic;
    }

    /** How many were not acknowledged, by what was answered instead; 0 for nothing. */
    public Map<Integer, Integer> refused() {
        return refused;
    }

    public long acknowledged() {
        synchronized (ids) {
            return ids.stream().filter(id -> id != null).count();
        }
    }

    public void awaitAcknowledged(long number) {
        long deadline = System.nanoTime() + 2 * HttpEventStream.DEADLINE.toNanos();
        while (acknowledged < number) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(topic + ": only " + acknowledged + " acknowledged; refused " + refused);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** The first number that was acknowledged, or is, among those whose publishing began after a time. */
    public long firstAcknowledgedAfter(long nanoTime) {
        long deadline = System.nanoTime() + 2 * HttpEventStream.DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            Map.Entry<Long, Long> first;
            synchronized (begunAt) {
                first = begunAt.higherEntry(nanoTime);
            }
            if (first != null && acknowledged >= first.getValue()) {
                return first.getValue();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        throw new AssertionError(topic + ": nothing acknowledged any more; refused " + refused);
    }

    /** Publishes no more. Answers with the last number that was acknowledged. */
    public long stop() throws InterruptedException {
        stopping = true;
        thread.join(2 * HttpEventStream.DEADLINE.toMillis());
        return acknowledged;
    }

    public void tell(Checker checker) {
        synchronized (ids) {
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i) == null) {
                    checker.topic(topic).attempted(i + 1);
                } else {
                    checker.topic(topic).acknowledged(i + 1, RoamingClient.bare(ids.get(i)));
                }
            }
        }
    }

    private void publish() {
        int node = 0;
        for (long number = 1; !stopping; number++) {
            synchronized (begunAt) {
                begunAt.put(System.nanoTime(), number);
            }
            String id = post(node, number);
            while (id == null && keyed) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                node = (node + 1) % nodes.count();
                id = post(node, number);
            }
            synchronized (ids) {
                ids.add(id);
            }
            if (id != null) {
                acknowledged = number;
            }
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private String post(int node, long number) {
        URI uri = nodes.uri(node).resolve("sse/" + topic);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(HttpEventStream.DEADLINE)
                .POST(BodyPublishers.ofString(topic + " " + number));
        if (keyed) {
            request.header("Idempotency-Key", topic + "-" + number);
        }
        int status = 0;
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            status = response.statusCode();
            if (status == 201) {
                return response.body();
            }
        } catch (Exception notAnswered) {
            // As if it were refused: it may have been stored.
        }
        refused.merge(status, 1, Integer::sum);
        return null;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
