package dev.courant.brokers;

import dev.courant.support.TestDeadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/** A cluster of brokers. Closing it kills the brokers and deletes their data. */
public final class TestCluster implements AutoCloseable {

    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qk";
    private static final Duration TIMEOUT = TestDeadline.DURATION;

    private final Path directory = Files.createTempDirectory("courant-brokers");
    private final List<TestBroker> all;
    private final Thread shutdownHook = new Thread(this::killAll); // for tests that are stopped
    private @Nullable Admin admin; // opened after the first broker has started, to avoid its connection warnings

    private TestCluster(int count, Map<String, String> properties) throws IOException {
        all = IntStream.rangeClosed(1, count)
                .mapToObj(id -> new TestBroker(id, directory.resolve("broker" + id)))
                .toList();
        String voters = all.stream()
                .map(broker -> broker.id + "@127.0.0.1:" + broker.controllerPort)
                .collect(Collectors.joining(","));
        Map<String, String> merged = new LinkedHashMap<>();
        merged.put("auto.create.topics.enable", "false");
        merged.put("default.replication.factor", Integer.toString(count));
        merged.put("min.insync.replicas", Integer.toString(Math.min(count, 2)));
        // The controller detects a failed broker sooner than by default (9 s), so that a test can have many faults.
        merged.put("broker.session.timeout.ms", "3000");
        merged.put("broker.heartbeat.interval.ms", "500");
        merged.putAll(properties);
        for (TestBroker broker : all) {
            broker.writeConfiguration(CLUSTER_ID, voters, merged);
        }
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Creates a cluster whose brokers are not started. */
    public static TestCluster prepare(int count) throws IOException {
        return new TestCluster(count, Map.of());
    }

    /** Starts a cluster, and waits until all brokers have joined it. */
    public static TestCluster start(int count) throws Exception {
        return start(count, Map.of());
    }

    /** Starts a cluster with further broker properties, and waits until all brokers have joined it. */
    public static TestCluster start(int count, Map<String, String> properties) throws Exception {
        TestCluster brokers = new TestCluster(count, properties);
        try {
            brokers.startAll();
            return brokers;
        } catch (AssertionError | Exception e) {
            brokers.close();
            throw e;
        }
    }

    /** Starts the brokers that do not run, and waits until all brokers have joined the cluster. */
    public void startAll() throws Exception {
        for (TestBroker broker : all) {
            if (!broker.isRunning()) {
                broker.start();
            }
        }
        for (TestBroker broker : all) {
            broker.awaitStarted();
        }
        awaitMembers();
    }

    private void awaitMembers() throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (countMembers() < all.size()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the brokers have not formed a cluster");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private int countMembers() throws Exception {
        try {
            return admin().describeCluster()
                    .nodes()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .size();
        } catch (ExecutionException notYet) {
            return 0;
        }
    }

    /** Returns the brokers' addresses, by way of their proxies. */
    public String bootstrapServers() {
        return all.stream()
                .map(broker -> "127.0.0.1:" + broker.network().port())
                .collect(Collectors.joining(","));
    }

    /** Returns the brokers' direct addresses, which faults of the proxies do not affect. */
    public String internalServers() {
        return all.stream().map(broker -> "127.0.0.1:" + broker.internalPort).collect(Collectors.joining(","));
    }

    public List<TestBroker> all() {
        return all;
    }

    /** Returns an admin client, which faults of the proxies do not affect. */
    public Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = Admin.create(Map.of(
                    "bootstrap.servers",
                    internalServers(),
                    // The brokers' addresses do not change. Rebootstrapping would log ten lines a second.
                    "metadata.recovery.strategy",
                    "none"));
            admin = open;
        }
        return open;
    }

    /** Returns the leader of the topic's partition; waits while there is none. */
    public TestBroker leader(String topic) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Node leader = partition(topic).leader();
            if (leader != null && !leader.isEmpty()) {
                return all.get(leader.id() - 1);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("no leader of " + topic);
    }

    /** Waits until all replicas of the topic are in sync. */
    public void awaitInSync(String topic) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (partition(topic).isr().size() < all.size()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in sync: " + partition(topic));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private TopicPartitionInfo partition(String topic) throws Exception {
        return admin().describeTopics(List.of(topic))
                .allTopicNames()
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .get(0);
    }

    private void killAll() {
        for (TestBroker broker : all) {
            try {
                broker.kill();
            } catch (InterruptedException stopWaiting) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        killAll();
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
        all.forEach(broker -> broker.network().close());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
