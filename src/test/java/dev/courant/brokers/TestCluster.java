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

/** A cluster of brokers. They, and all they have stored, are gone when it is closed. */
public final class TestCluster implements AutoCloseable {

    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qk";
    private static final Duration PATIENCE = TestDeadline.DURATION;

    private final Path directory = Files.createTempDirectory("courant-brokers");
    private final List<TestBroker> all;
    private final Thread atExit = new Thread(this::killAll); // if the tests themselves are ended
    private @Nullable Admin admin; // opened with the first broker: until then it would only log that there is none

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
        // A broker that is gone is missed sooner than by default (9 s), so that many faults fit into a test.
        merged.put("broker.session.timeout.ms", "3000");
        merged.put("broker.heartbeat.interval.ms", "500");
        merged.putAll(properties);
        for (TestBroker broker : all) {
            broker.prepare(CLUSTER_ID, voters, merged);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** So many brokers, not yet started. */
    public static TestCluster prepare(int count) throws IOException {
        return new TestCluster(count, Map.of());
    }

    /** So many brokers, each of which knows all the others when this returns. */
    public static TestCluster start(int count) throws Exception {
        return start(count, Map.of());
    }

    /** So many brokers with further properties. */
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

    /** Starts those that do not run, and waits until each knows all. */
    public void startAll() throws Exception {
        for (TestBroker broker : all) {
            if (!broker.isRunning()) {
                broker.start();
            }
        }
        for (TestBroker broker : all) {
            broker.awaitStarted();
        }
        awaitAll();
    }

    private void awaitAll() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (nodes() < all.size()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the brokers do not find each other");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private int nodes() throws Exception {
        try {
            return admin().describeCluster()
                    .nodes()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .size();
        } catch (ExecutionException notYet) {
            return 0;
        }
    }

    /** Where clients find them: behind their networks. */
    public String bootstrapServers() {
        return all.stream()
                .map(broker -> "127.0.0.1:" + broker.network().port())
                .collect(Collectors.joining(","));
    }

    /** Where those find them whom no fault of the networks concerns. */
    public String internalServers() {
        return all.stream().map(broker -> "127.0.0.1:" + broker.internalPort).collect(Collectors.joining(","));
    }

    public List<TestBroker> all() {
        return all;
    }

    /** A client of its own, which no fault of the networks concerns. */
    public Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = Admin.create(Map.of(
                    "bootstrap.servers",
                    internalServers(),
                    // The brokers keep their addresses; starting over from them is logged ten times a second.
                    "metadata.recovery.strategy",
                    "none"));
            admin = open;
        }
        return open;
    }

    /** Who leads the only partition of a topic now, or is the next to. */
    public TestBroker leader(String topic) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Node leader = partition(topic).leader();
            if (leader != null && !leader.isEmpty()) {
                return all.get(leader.id() - 1);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("nobody leads " + topic);
    }

    /** Waits until every broker has all there is of a topic. */
    public void awaitInSync(String topic) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
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
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
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
        Runtime.getRuntime().removeShutdownHook(atExit);
        all.forEach(broker -> broker.network().close());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
