package dev.courant.bench;

import dev.courant.check.Findings;
import dev.courant.check.Published;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** Subscribers spread evenly over nodes of one topic; what is published at the first of them comes to all. */
final class NodesTrial {

    private static final String TOPIC = "bench/nodes";
    private static final int CALM_SECONDS = 10; // after the last has started, which compiles for a while
    private static final int REST_SECONDS = 10;

    private final List<? extends Subject> nodes;
    private final KafkaBroker broker;
    private final Load load;
    private final Publisher publisher;
    private final List<Tally> tallies = new ArrayList<>();
    private final List<Streams> streams = new ArrayList<>();

    NodesTrial(List<? extends Subject> nodes, KafkaBroker broker, Load load) throws IOException {
        this.nodes = nodes;
        this.broker = broker;
        this.load = load;
        Subject first = nodes.get(0);
        publisher = new Publisher(first.port(), first.publishPath(TOPIC), TOPIC, load);
        for (Subject node : nodes) {
            Tally tally = new Tally(publisher);
            Load share = load.share(tallies.size(), nodes.size());
            tallies.add(tally);
            streams.add(new Streams(node, TOPIC, tally, share, null));
        }
    }

    NodesFigures run(int round) throws InterruptedException {
        try {
            TimeUnit.SECONDS.sleep(CALM_SECONDS);
            NodesMoment idle = now();
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            NodesMoment rested = now();
            streams.forEach(Streams::start);
            Trial.await(Trial.CONNECT_SECONDS, () -> streams.stream().allMatch(Streams::settled));
            Thread.sleep(Trial.SETTLE_MILLIS);
            publisher.start();
            TimeUnit.SECONDS.sleep(load.warmUp());

            NodesMoment before = now();
            tallies.forEach(tally -> tally.measureFrom(before.issued() + 1));
            TimeUnit.SECONDS.sleep(load.seconds());
            NodesMoment published = now();
            publisher.stop();
            Trial.drain(this::delivered, (long) publisher.issued() * sum(Tally::connected));
            NodesMoment after = now();
            stop();
            return figures(round, rested.since(idle), published.since(before), after.since(before));
        } finally {
            publisher.stop();
            stop();
        }
    }

    private void stop() throws InterruptedException {
        for (Streams each : streams) {
            each.stop();
        }
    }

    private NodesFigures figures(int round, NodesMoment atRest, NodesMoment publishing, NodesMoment measured) {
        Published published = publisher.published();
        List<Findings> findings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Latency latency = new Latency();
        for (int i = 0; i < nodes.size(); i++) {
            Findings found = streams.get(i).findings(published);
            findings.add(found);
            latency.add(tallies.get(i).latency());
            if (!found.clean()) {
                found.lines().forEach(notes::add);
            }
            if (!nodes.get(i).trouble().isEmpty()) {
                notes.add(nodes.get(i).name() + ", its log: " + nodes.get(i).trouble());
            }
        }
        return new NodesFigures(
                nodes.size(),
                round,
                load.clients(),
                sum(Tally::connected),
                sum(Tally::refusals) + sum(Tally::ends) + sum(Tally::late),
                publisher.failed(),
                sum(Tally::gaps),
                atRest,
                publishing,
                measured,
                findings,
                latency,
                notes);
    }

    private int sum(ToIntFunction<Tally> figure) {
        return tallies.stream().mapToInt(figure).sum();
    }

    private long delivered() {
        return tallies.stream().mapToLong(Tally::delivered).sum();
    }

    private NodesMoment now() {
        return new NodesMoment(
                System.nanoTime(),
                publisher.issued(),
                delivered(),
                nodes.stream().map(node -> ProcessFigures.cpuMicros(node.pid())).toList(),
                broker.cpuMicros(),
                streams.stream()
                        .mapToLong(each -> ManagementFactory.getThreadMXBean().getThreadCpuTime(each.threadId()))
                        .sum());
    }
}
