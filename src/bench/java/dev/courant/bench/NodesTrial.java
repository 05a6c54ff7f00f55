package dev.courant.bench;

import dev.courant.check.CheckFindings;
import dev.courant.check.PublishedEvents;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** A trial with subscribers distributed over the nodes. The publisher sends all events to the first node. */
final class NodesTrial {

    private static final String TOPIC = "bench/nodes";
    private static final int WARM_UP_SECONDS = 10; // the JVM of the last node compiles after its start
    private static final int REST_SECONDS = 10;

    private final List<? extends ServerUnderTest> nodes;
    private final KafkaBroker broker;
    private final LoadOptions load;
    private final FixedRatePublisher publisher;
    private final List<StreamCounters> allCounters = new ArrayList<>();
    private final List<StreamClients> streams = new ArrayList<>();

    NodesTrial(List<? extends ServerUnderTest> nodes, KafkaBroker broker, LoadOptions load) throws IOException {
        this.nodes = nodes;
        this.broker = broker;
        this.load = load;
        ServerUnderTest first = nodes.get(0);
        publisher = new FixedRatePublisher(first.port(), first.publishPath(TOPIC), TOPIC, load);
        for (ServerUnderTest node : nodes) {
            StreamCounters counters = new StreamCounters(publisher);
            LoadOptions share = load.share(allCounters.size(), nodes.size());
            allCounters.add(counters);
            streams.add(new StreamClients(node, TOPIC, counters, share, null));
        }
    }

    NodesTrialResult run(int round) throws InterruptedException {
        try {
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            NodesSample idle = now();
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            NodesSample rested = now();
            streams.forEach(StreamClients::start);
            LoadTrial.await(LoadTrial.CONNECT_SECONDS, () -> streams.stream().allMatch(StreamClients::isComplete));
            Thread.sleep(LoadTrial.SETTLE_MILLIS);
            publisher.start();
            TimeUnit.SECONDS.sleep(load.warmUp());

            NodesSample before = now();
            allCounters.forEach(counters -> counters.measureFrom(before.issued() + 1));
            TimeUnit.SECONDS.sleep(load.seconds());
            NodesSample published = now();
            publisher.stop();
            LoadTrial.drain(this::delivered, (long) publisher.issued() * sum(StreamCounters::connected));
            NodesSample after = now();
            stop();
            return figures(round, rested.since(idle), published.since(before), after.since(before));
        } finally {
            publisher.stop();
            stop();
        }
    }

    private void stop() throws InterruptedException {
        for (StreamClients each : streams) {
            each.stop();
        }
    }

    private NodesTrialResult figures(int round, NodesSample atRest, NodesSample publishing, NodesSample measured) {
        PublishedEvents published = publisher.published();
        List<CheckFindings> findings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        LatencyHistogram latency = new LatencyHistogram();
        for (int i = 0; i < nodes.size(); i++) {
            CheckFindings found = streams.get(i).findings(published);
            findings.add(found);
            latency.add(allCounters.get(i).latency());
            if (!found.isClean()) {
                found.lines().forEach(notes::add);
            }
            if (!nodes.get(i).describeProblems().isEmpty()) {
                notes.add(nodes.get(i).name() + ", its log: " + nodes.get(i).describeProblems());
            }
        }
        return new NodesTrialResult(
                nodes.size(),
                round,
                load.clients(),
                sum(StreamCounters::connected),
                sum(StreamCounters::refusals) + sum(StreamCounters::ends) + sum(StreamCounters::late),
                publisher.failed(),
                sum(StreamCounters::gaps),
                atRest,
                publishing,
                measured,
                findings,
                latency,
                notes);
    }

    private int sum(ToIntFunction<StreamCounters> figure) {
        return allCounters.stream().mapToInt(figure).sum();
    }

    private long delivered() {
        return allCounters.stream().mapToLong(StreamCounters::delivered).sum();
    }

    private NodesSample now() {
        return new NodesSample(
                System.nanoTime(),
                publisher.issued(),
                delivered(),
                nodes.stream().map(node -> ProcessStats.cpuMicros(node.pid())).toList(),
                broker.cpuMicros(),
                streams.stream()
                        .mapToLong(each -> ManagementFactory.getThreadMXBean().getThreadCpuTime(each.threadId()))
                        .sum());
    }
}
