package dev.courant.it.cluster;

import dev.courant.brokers.FreePorts;
import dev.courant.brokers.TestCluster;
import dev.courant.support.CourantProcess;
import dev.courant.support.HttpEventStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Processes of Courant on one topic of Kafka, to which anyone may publish. */
public final class ClusterNodes implements AutoCloseable {

    private final List<CourantProcess> all = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Starts so many, and waits until each can be used. */
    static ClusterNodes start(TestCluster brokers, int count) throws Exception {
        ClusterNodes nodes = new ClusterNodes();
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(brokers);
            }
            for (int i = 0; i < count; i++) {
                nodes.awaitReady(i);
            }
            return nodes;
        } catch (AssertionError | Exception e) {
            nodes.close();
            throw e;
        }
    }

    private void add(TestCluster brokers) throws Exception {
        List<String> settings = List.of(
                "-Xmx256m",
                "-Dcourant.kafka.bootstrap-servers=" + brokers.bootstrapServers(),
                "-Dcourant.publish.anonymous=**",
                "-Dcourant.numbers=false",
                "-Dcourant.heartbeat=1s",
                "-Dcourant.stall-timeout=1m", // brokers, nodes and clients share what cores there are
                "-Dcourant.retry=100ms");
        all.add(CourantProcess.start(FreePorts.free(), settings));
    }

    public int count() {
        return all.size();
    }

    public URI uri(int node) {
        return all.get(node).uri();
    }

    CourantProcess process(int node) {
        return all.get(node);
    }

    /** Waits until a node says that it can be used. */
    void awaitReady(int node) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        HttpResponse<String> answer = get(node, "ops/health/ready");
        while (answer.statusCode() != 200) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not ready: " + answer.body());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            answer = get(node, "ops/health/ready");
        }
    }

    HttpResponse<String> get(int node, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(node).resolve(path))
                        .timeout(HttpEventStream.DEADLINE)
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        for (CourantProcess each : all) {
            each.close();
        }
    }
}
