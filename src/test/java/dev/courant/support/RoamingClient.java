package dev.courant.support;

import dev.courant.check.DeliveryChecker;
import dev.courant.it.cluster.ClusterNodes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A client that follows topics on one node after the other, from the earliest event on. After a number of events or at the
 * end of the stream it moves to the next node and resumes after the last id. The data of an event is a topic and a number,
 * as {@link SequencePublisher} publishes it.
 */
public final class RoamingClient implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final ClusterNodes nodes;
    private final List<String> topics;
    private final int maxEventsPerNode;
    private final List<Consumer<DeliveryChecker>> observations = new ArrayList<>(); // guarded by itself
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;
    private volatile int nodeChanges;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private String lastId = "earliest";

    /**
     * Starts the client, and waits until its stream is open.
     *
     * @param maxEventsPerNode the number of events after which the client moves to the next node
     */
    public RoamingClient(String name, ClusterNodes nodes, int first, List<String> topics, int maxEventsPerNode)
            throws InterruptedException {
        this.name = name;
        this.nodes = nodes;
        this.topics = topics;
        this.maxEventsPerNode = maxEventsPerNode;
        topics.forEach(topic -> observations.add(checker -> checker.follows(name, topic)));
        thread = Executors.defaultThreadFactory().newThread(() -> roam(first));
        thread.setDaemon(true);
        thread.start();
        if (!opened.await(HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no stream was opened in time");
        }
    }

    public int nodeChanges() {
        return nodeChanges;
    }

    /** Returns the reasons for which streams have failed. */
    public List<String> failures() {
        return failures;
    }

    /** Returns the last number received in a topic, or 0. */
    public long newestNumber(String topic) {
        return newest.getOrDefault(topic, 0L);
    }

    /** Waits until the client has received this or a higher number. */
    public void await(String topic, long number) {
        long deadline = System.nanoTime() + 2 * HttpEventStream.DEADLINE.toNanos();
        while (newestNumber(topic) < number) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " has " + newestNumber(topic) + " of " + topic + ", but not " + number);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** Reports all observations to the checker. Call it after {@link #close}. */
    public void report(DeliveryChecker checker) {
        synchronized (observations) {
            observations.forEach(each -> each.accept(checker));
        }
    }

    private void roam(int first) {
        for (int node = first; !closed; node = (node + 1) % nodes.count()) {
            try {
                follow(nodes.uri(node));
                nodeChanges++;
            } catch (Exception failure) {
                failures.add(failure.toString()); // continues with the next node
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void follow(URI node) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node.resolve("sse?topic=" + String.join("&topic=", topics)))
                .timeout(HttpEventStream.DEADLINE)
                .header("Last-Event-ID", lastId)
                .header("Cache-Control", "no-cache");
        HttpResponse<Stream<String>> response = client.send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() == 200) {
                read(lines);
            }
        }
    }

    private void read(Stream<String> lines) {
        String id = lastId;
        String type = "";
        String data = "";
        int count = 0;
        for (String line : (Iterable<String>) lines::iterator) {
            if (closed) {
                return; // the next heartbeat ends the wait for a line at the latest
            }
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty()) {
                String before = lastId;
                lastId = id;
                opened.countDown();
                if (!data.isEmpty()) {
                    observe(type, data, before, id);
                    count++;
                }
                type = "";
                data = "";
                if (count >= maxEventsPerNode) {
                    return;
                }
            }
        }
    }

    private void observe(String type, String data, String before, String id) {
        synchronized (observations) {
            if (type.equals("gap")) {
                topics.forEach(topic ->
                        observations.add(checker -> checker.gap(name, topic, withoutHash(before), withoutHash(id))));
                return;
            }
            String topic = data.substring(0, data.indexOf(' '));
            long number = Long.parseLong(data.substring(data.indexOf(' ') + 1));
            observations.add(checker -> checker.received(name, topic, number));
            newest.merge(topic, number, Math::max);
        }
    }

    /** Returns an id in the form that {@link DeliveryChecker} uses. */
    public static String withoutHash(String id) {
        return id.startsWith("#") ? id.substring(1) : id;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(HttpEventStream.DEADLINE.toMillis());
    }
}
