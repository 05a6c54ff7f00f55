package dev.courant.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.brokers.TestBroker;
import dev.courant.brokers.TestCluster;
import dev.courant.check.CheckFindings;
import dev.courant.check.DeliveryChecker;
import dev.courant.check.DeliveryFault;
import dev.courant.support.HttpEventStream;
import dev.courant.support.RoamingClient;
import dev.courant.support.SequencePublisher;
import dev.courant.support.TestDeadline;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests three nodes on three brokers. During faults of the brokers and their network, clients that move between nodes
 * receive every acknowledged event once and in order. {@code -Dcourant.faults=50} sets the number of faults.
 */
class ClusterIT {

    private static final String KAFKA_TOPIC = "courant";
    private static final int FAULTS = Integer.getInteger("courant.faults", BrokerFault.values().length);
    private static final int MAX_FAULT_MILLIS = Integer.getInteger("courant.faults.longest", 3000);

    private static TestCluster brokers;
    private static ClusterNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        brokers = TestCluster.start(3);
        nodes = ClusterNodes.start(brokers, 3);
    }

    @AfterAll
    static void stop() throws Exception {
        if (nodes != null) {
            nodes.close();
        }
        brokers.close();
    }

    @Test
    void aClientThatMovesBetweenNodesReceivesEachEventOnceAndInOrder() throws Exception {
        try (SequencePublisher one = new SequencePublisher(nodes, "moved-a", false, 1);
                SequencePublisher other = new SequencePublisher(nodes, "moved-b", true, 1)) {
            List<String> topics = List.of(one.topic(), other.topic());
            one.awaitAcknowledged(1);
            List<RoamingClient> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                clients.add(new RoamingClient("client" + i, nodes, i % 3, topics, 5 + 3 * i));
            }
            DeliveryChecker checker = new DeliveryChecker();
            one.awaitAcknowledged(300);
            finish(checker, List.of(one, other), clients);
            assertEquals(
                    List.of(),
                    countFaults(checker.findings()),
                    () -> "" + checker.findings().lines());
            assertTrue(clients.stream().allMatch(client -> client.nodeChanges() > 5), "they did not move");
        }
    }

    @Test
    void oneKeyOnTwoNodesAtTheSameTimeYieldsOneEventAndOneId() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (HttpEventStream stream = new HttpEventStream(nodes.uri(2).resolve("sse/keyed"))) {
            stream.next("retry");
            for (int i = 1; i <= 30; i++) {
                CompletableFuture<HttpResponse<String>> one = post(client, 0, i);
                CompletableFuture<HttpResponse<String>> other = post(client, 1, i);
                String id = one.get(TestDeadline.SECONDS, TimeUnit.SECONDS).body();
                assertEquals(
                        id, other.get(TestDeadline.SECONDS, TimeUnit.SECONDS).body());
                var event = stream.next("data");
                assertEquals("event " + i, event.get("data"));
                assertEquals(id, event.get("id"));
            }
        }
    }

    private static CompletableFuture<HttpResponse<String>> post(HttpClient client, int node, int number) {
        return client.sendAsync(
                HttpRequest.newBuilder(nodes.uri(node).resolve("sse/keyed"))
                        .header("Idempotency-Key", "key" + number)
                        .POST(BodyPublishers.ofString("event " + number))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void faultsOfTheBrokersNeitherLoseNorRepeatEvents() throws Exception {
        long seed = Long.getLong("courant.faults.seed", System.nanoTime());
        Random random = new Random(seed);
        try (SequencePublisher one = new SequencePublisher(nodes, "fault-a", false, 5);
                SequencePublisher other = new SequencePublisher(nodes, "fault-b", true, 5)) {
            List<SequencePublisher> publishers = List.of(one, other);
            List<String> topics = List.of(one.topic(), other.topic());
            one.awaitAcknowledged(1);
            List<RoamingClient> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                // Half of the clients never move, and their streams stay open.
                clients.add(new RoamingClient("client" + i, nodes, i % 3, topics, i < 3 ? Integer.MAX_VALUE : 50));
            }
            TreeMap<BrokerFault, List<Long>> recoveryMillis = new TreeMap<>();
            for (int i = 0; i < FAULTS; i++) {
                BrokerFault fault = BrokerFault.values()[i % BrokerFault.values().length];
                long durationMillis = 200 + random.nextInt(MAX_FAULT_MILLIS);
                recoveryMillis
                        .computeIfAbsent(fault, key -> new ArrayList<>())
                        .add(injectFault(fault, durationMillis, publishers, clients));
            }
            for (RoamingClient staying : clients.subList(0, 3)) {
                assertEquals(
                        0, staying.nodeChanges(), () -> "streams stay open, but these failed: " + staying.failures());
            }
            DeliveryChecker checker = new DeliveryChecker();
            finish(checker, publishers, clients);
            CheckFindings findings = checker.findings();
            report(seed, recoveryMillis, publishers, findings);
            assertEquals(List.of(), countFaults(findings), () -> seed + ": " + findings.lines());
            assertEquals(0, findings.excused(), "gaps");
        }
    }

    /** @return the time in milliseconds from the end of the fault until all clients have received an event sent after it */
    private static long injectFault(
            BrokerFault fault, long durationMillis, List<SequencePublisher> publishers, List<RoamingClient> clients)
            throws Exception {
        brokers.awaitInSync(KAFKA_TOPIC);
        TestBroker leader = brokers.leader(KAFKA_TOPIC);
        fault.begin(brokers, leader);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(durationMillis));
        fault.end(brokers, leader);
        long ended = System.nanoTime();
        for (SequencePublisher publisher : publishers) {
            long first = publisher.firstAcknowledgedAfter(ended);
            clients.forEach(client -> client.await(publisher.topic(), first));
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ended);
    }

    private static void finish(DeliveryChecker checker, List<SequencePublisher> publishers, List<RoamingClient> clients)
            throws Exception {
        for (SequencePublisher publisher : publishers) {
            long last = publisher.stop();
            clients.forEach(client -> client.await(publisher.topic(), last));
            publisher.report(checker);
        }
        for (RoamingClient client : clients) {
            client.close();
            client.report(checker);
        }
    }

    private static List<String> countFaults(CheckFindings findings) {
        List<String> found = new ArrayList<>();
        for (DeliveryFault fault : DeliveryFault.values()) {
            if (findings.count(fault) > 0) {
                found.add(findings.count(fault) + " " + fault);
            }
        }
        return found;
    }

    @SuppressWarnings("SystemOut") // prints the results for the test log
    private static void report(
            long seed,
            TreeMap<BrokerFault, List<Long>> recoveryMillis,
            List<SequencePublisher> publishers,
            CheckFindings findings) {
        PrintStream out = System.out;
        out.println("faults: seed " + seed);
        recoveryMillis.forEach((fault, times) -> out.println("faults: " + fault + " " + times.size()
                + " times; recovered after ms: " + times.stream().sorted().toList()));
        publishers.forEach(publisher -> out.println("faults: " + publisher.topic() + " acknowledged "
                + publisher.acknowledged() + "; not acknowledged, by status: " + publisher.failures()));
        findings.lines().forEach(line -> out.println("faults: " + line));
    }
}
