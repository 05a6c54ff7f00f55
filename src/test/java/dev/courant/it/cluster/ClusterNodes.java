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

/** Processes of Courant that share one Kafka topic and accept anonymous publications. */
public final class ClusterNodes implements AutoCloseable {

    private final List<CourantProcess> all = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Starts {@code count} nodes, and waits until each is ready. */
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
                "-Dcourant.stall-timeout=1m", // brokers, nodes and clients share a few cores
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

    /** Waits until the health check of a node reports that it is ready. */
    void awaitReady(int node) throws Exception {
        long deadline = System.nanoTime() + HttpEventStream.DEADLINE.toNanos();
        HttpResponse<String> response = get(node, "ops/health/ready");
        while (response.statusCode() != 200) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not ready: " + response.body());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            response = get(node, "ops/health/ready");
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
