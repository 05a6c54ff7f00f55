package dev.courant.bench;

import dev.courant.check.DeliveryFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The scenario that measures the CPU of the nodes and of the broker with the same clients on 1, 2 and 3 nodes. */
final class NodesScenario {

    private static final List<String> COLUMNS = List.of(
            "nodes",
            "round",
            "connected",
            "failed streams",
            "published/s",
            "delivered/s",
            "lost",
            "dup",
            "reord",
            "foreign",
            "gaps",
            "p50 ms",
            "p99 ms",
            "max ms",
            "CPU of each node, % of a core",
            "the same at rest",
            "nodes' CPU µs/delivered event",
            "broker's CPU %",
            "the same at rest",
            "broker's CPU µs/published event",
            "client busy %");

    private static final double MIN_RATE_SHARE = 0.99;

    private final LoadOptions load;
    private final List<NodesTrialResult> all = new ArrayList<>();

    NodesScenario(LoadOptions load) {
        this.load = load;
    }

    void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n### nodes%n%n%d clients; %d/s of %d bytes for %d s after %d s of warming up; -Xmx%s; %d cores,"
                        + " %d files%n%n",
                load.clients(),
                load.rate(),
                load.bytes(),
                load.seconds(),
                load.warmUp(),
                load.heap(),
                Runtime.getRuntime().availableProcessors(),
                ProcessStats.maxOpenFiles());
        MarkdownReport.printHeader(COLUMNS);
        for (int round = 1; round <= load.rounds(); round++) {
            for (int count : load.nodes()) {
                run(count, round);
            }
        }
        System.out.println();
        for (NodesTrialResult figures : all) {
            String prefix = figures.nodes() + " nodes, round " + figures.round() + ": ";
            figures.notes().forEach(note -> MarkdownReport.note(prefix + note));
        }
        MarkdownReport.printVerdict(
                "all connected, published at the rate, everything delivered once and in order",
                all.stream().allMatch(each -> each.isComplete(MIN_RATE_SHARE * load.rate())));
        load.nodes()
                .forEach(count -> MarkdownReport.note(String.format(
                        Locale.ROOT,
                        "CPU of a node in a cluster of %d: %.2f of that with %d; without the CPU at rest: %.2f",
                        count,
                        findBusyShare(count, 0) / findBusyShare(load.nodes().get(0), 0),
                        load.nodes().get(0),
                        findBusyShare(count, 1) / findBusyShare(load.nodes().get(0), 1))));
    }

    private void run(int count, int round) throws IOException, InterruptedException {
        List<JavaServer> nodes = new ArrayList<>();
        try (KafkaBroker broker = KafkaBroker.of(load)) {
            for (int i = 1; i <= count; i++) {
                nodes.add(JavaServer.node("node " + i, broker, load));
            }
            NodesTrialResult figures = new NodesTrial(nodes, broker, load).run(round);
            all.add(figures);
            row(figures);
        } finally {
            nodes.forEach(JavaServer::close);
        }
    }

    /** Returns the mean CPU usage of a node, minus {@code idleShares} times its usage at rest. */
    private double findBusyShare(int count, int idleShares) {
        return all.stream()
                .filter(each -> each.nodes() == count)
                .mapToDouble(each -> each.busyEach()
                        - idleShares * each.atRest().busy(each.atRest().allMicros()) / count)
                .average()
                .orElse(Double.NaN);
    }

    private static void row(NodesTrialResult figures) {
        NodesSample measured = figures.measured();
        boolean seen = measured.brokerMicros() > 0;
        MarkdownReport.printRow(List.of(
                Integer.toString(figures.nodes()),
                Integer.toString(figures.round()),
                figures.connected() + "/" + figures.readers(),
                Integer.toString(figures.failedStreams()),
                MarkdownReport.formatDecimal(figures.published())
                        + (figures.publishFailures() > 0 ? " (" + figures.publishFailures() + " failed)" : ""),
                String.format(Locale.ROOT, "%.0f", measured.delivered() / measured.seconds()),
                Long.toString(figures.count(DeliveryFault.LOST)),
                Long.toString(figures.count(DeliveryFault.DUPLICATED)),
                Long.toString(figures.count(DeliveryFault.REORDERED)),
                Long.toString(figures.count(DeliveryFault.FOREIGN)),
                Integer.toString(figures.gaps()),
                MarkdownReport.formatMillis(figures.latency().percentile(50)),
                MarkdownReport.formatMillis(figures.latency().percentile(99)),
                MarkdownReport.formatMillis(figures.latency().max()),
                each(measured),
                each(figures.atRest()),
                String.format(Locale.ROOT, "%.2f", figures.cpuMicros()),
                seen ? MarkdownReport.formatDecimal(measured.busy(measured.brokerMicros())) : "–",
                seen
                        ? MarkdownReport.formatDecimal(
                                figures.atRest().busy(figures.atRest().brokerMicros()))
                        : "–",
                seen ? MarkdownReport.formatDecimal((double) measured.brokerMicros() / measured.issued()) : "–",
                MarkdownReport.formatDecimal(measured.busy(measured.clientNanos() / 1000))));
    }

    private static String each(NodesSample moment) {
        return moment.nodeMicros().stream()
                .map(micros -> MarkdownReport.formatDecimal(moment.busy(micros)))
                .collect(Collectors.joining(", "));
    }
}
