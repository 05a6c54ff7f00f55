package dev.courant.support;

import dev.courant.check.DeliveryChecker;
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
 * A publisher of numbered events: the topic's name and 1, 2, 3 and so on, one at a time. With idempotency keys, it publishes
 * an event again on the next node until it is acknowledged; without keys, it publishes each event once.
 */
public final class SequencePublisher implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ClusterNodes nodes;
    private final String topic;
    private final boolean keyed;
    private final long pauseNanos;
    private final TreeMap<Long, Long> startTimes = new TreeMap<>(); // from time to number; guarded by itself
    private final List<String> ids =
            new ArrayList<>(); // null for an event that was not acknowledged; guarded by itself
    private final Map<Integer, Integer> failures = new ConcurrentHashMap<>();
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

    /** Returns the number of failed publications by HTTP status, or by 0 for a missing response. */
    public Map<Integer, Integer> failures() {
        return failures;
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
                throw new AssertionError(topic + ": only " + acknowledged + " acknowledged; failures " + failures);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** Waits until an event is acknowledged that was sent after a given time, and returns its number. */
    public long firstAcknowledgedAfter(long nanoTime) {
        long deadline = System.nanoTime() + 2 * HttpEventStream.DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            Map.Entry<Long, Long> first;
            synchronized (startTimes) {
                first = startTimes.higherEntry(nanoTime);
            }
            if (first != null && acknowledged >= first.getValue()) {
                return first.getValue();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        throw new AssertionError(topic + ": nothing acknowledged any more; failures " + failures);
    }

    /** Stops publishing, and returns the last acknowledged number. */
    public long stop() throws InterruptedException {
        stopping = true;
        thread.join(2 * HttpEventStream.DEADLINE.toMillis());
        return acknowledged;
    }

    public void report(DeliveryChecker checker) {
        synchronized (ids) {
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i) == null) {
                    checker.topic(topic).attempted(i + 1);
                } else {
                    checker.topic(topic).acknowledged(i + 1, RoamingClient.withoutHash(ids.get(i)));
                }
            }
        }
    }

    private void publish() {
        int node = 0;
        for (long number = 1; !stopping; number++) {
            synchronized (startTimes) {
                startTimes.put(System.nanoTime(), number);
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
        } catch (Exception noResponse) {
            // Treated like an error response: the event may be stored nevertheless.
        }
        failures.merge(status, 1, Integer::sum);
        return null;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
