package dev.courant.support;

import dev.courant.check.Checker;
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
 * Follows topics on one node after the other, going to the next after so many events or when a stream ends, with the id of
 * the last event that it has seen, at first from the earliest on. Data is a topic and a number, as {@link SequencePublisher} publishes it.
 */
public final class RoamingClient implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final ClusterNodes nodes;
    private final List<String> topics;
    private final int stay;
    private final List<Consumer<Checker>> seen = new ArrayList<>(); // guarded by itself
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;
    private volatile int moves;
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private String lastId = "earliest";

    /**
     * Returns when the stream is open.
     *
     * @param stay how many events it takes from a node at the most
     */
    public RoamingClient(String name, ClusterNodes nodes, int first, List<String> topics, int stay)
            throws InterruptedException {
        this.name = name;
        this.nodes = nodes;
        this.topics = topics;
        this.stay = stay;
        topics.forEach(topic -> seen.add(checker -> checker.follows(name, topic)));
        thread = Executors.defaultThreadFactory().newThread(() -> wander(first));
        thread.setDaemon(true);
        thread.start();
        if (!opened.await(HttpEventStream.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no stream was opened in time");
        }
    }

    public int moves() {
        return moves;
    }

    /** What broke streams off. */
    public List<String> broken() {
        return broken;
    }

    /** The number that came last in a topic; 0 if none did. */
    public long newest(String topic) {
        return newest.getOrDefault(topic, 0L);
    }

    /** Waits until a number has come, or one after it. */
    public void await(String topic, long number) {
        long deadline = System.nanoTime() + 2 * HttpEventStream.DEADLINE.toNanos();
        while (newest(topic) < number) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " has " + newest(topic) + " of " + topic + ", but not " + number);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** Tells all that it has seen; to be called when nothing comes any more. */
    public void tell(Checker checker) {
        synchronized (seen) {
            seen.forEach(each -> each.accept(checker));
        }
    }

    private void wander(int first) {
        for (int node = first; !closed; node = (node + 1) % nodes.count()) {
            try {
                follow(nodes.uri(node));
                moves++;
            } catch (Exception brokenOff) {
                broken.add(brokenOff.toString()); // on to the next, after a while
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
                take(lines);
            }
        }
    }

    private void take(Stream<String> lines) {
        String id = lastId;
        String type = "";
        String data = "";
        int taken = 0;
        for (String line : (Iterable<String>) lines::iterator) {
            if (closed) {
                return; // seen at the next sign of life at the latest
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
                    note(type, data, before, id);
                    taken++;
                }
                type = "";
                data = "";
                if (taken >= stay) {
                    return;
                }
            }
        }
    }

    private void note(String type, String data, String before, String id) {
        synchronized (seen) {
            if (type.equals("gap")) {
                topics.forEach(topic -> seen.add(checker -> checker.gap(name, topic, bare(before), bare(id))));
                return;
            }
            String topic = data.substring(0, data.indexOf(' '));
            long number = Long.parseLong(data.substring(data.indexOf(' ') + 1));
            seen.add(checker -> checker.received(name, topic, number));
            newest.merge(topic, number, Math::max);
        }
    }

    /** As the checker has ids. */
    public static String bare(String id) {
        return id.startsWith("#") ? id.substring(1) : id;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(HttpEventStream.DEADLINE.toMillis());
    }
}
