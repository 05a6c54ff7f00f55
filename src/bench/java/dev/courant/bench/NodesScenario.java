package dev.courant.bench;

import dev.courant.check.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The same clients on one node, on two, on three: what each node has to do then, and the broker. */
final class NodesScenario {

    private static final List<String> COLUMNS = List.of(
            "nodes",
            "round",
            "connected",
            "astray",
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

    private static final double NEARLY = 0.99;

    private final Load load;
    private final List<NodesFigures> all = new ArrayList<>();

    NodesScenario(Load load) {
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
                ProcessFigures.mostFiles());
        Report.head(COLUMNS);
        for (int round = 1; round <= load.rounds(); round++) {
            for (int count : load.nodes()) {
                run(count, round);
            }
        }
        System.out.println();
        for (NodesFigures figures : all) {
            String who = figures.nodes() + " nodes, round " + figures.round() + ": ";
            figures.notes().forEach(note -> Report.say(who + note));
        }
        Report.verdict(
                "all connected, published at the rate, everything delivered once and in order",
                all.stream().allMatch(each -> each.whole(NEARLY * load.rate())));
        load.nodes()
                .forEach(count -> Report.say(String.format(
                        Locale.ROOT,
                        "CPU of a node with %d of them: %.2f of that with %d; above what it has at rest: %.2f",
                        count,
                        busy(count, 0) / busy(load.nodes().get(0), 0),
                        load.nodes().get(0),
                        busy(count, 1) / busy(load.nodes().get(0), 1))));
    }

    private void run(int count, int round) throws IOException, InterruptedException {
        List<JavaServer> nodes = new ArrayList<>();
        try (KafkaBroker broker = KafkaBroker.of(load)) {
            for (int i = 1; i <= count; i++) {
                nodes.add(JavaServer.node("node " + i, broker, load));
            }
            NodesFigures figures = new NodesTrial(nodes, broker, load).run(round);
            all.add(figures);
            row(figures);
        } finally {
            nodes.forEach(JavaServer::close);
        }
    }

    /** A node's mean share of a core, less so many times what it has at rest. */
    private double busy(int count, int rests) {
        return all.stream()
                .filter(each -> each.nodes() == count)
                .mapToDouble(each -> each.busyEach()
                        - rests * each.atRest().busy(each.atRest().allMicros()) / count)
                .average()
                .orElse(Double.NaN);
    }

    private static void row(NodesFigures figures) {
        NodesMoment measured = figures.measured();
        boolean seen = measured.brokerMicros() > 0;
        Report.cells(List.of(
                Integer.toString(figures.nodes()),
                Integer.toString(figures.round()),
                figures.connected() + "/" + figures.readers(),
                Integer.toString(figures.astray()),
                Report.decimal(figures.published())
                        + (figures.publishFailures() > 0 ? " (" + figures.publishFailures() + " failed)" : ""),
                String.format(Locale.ROOT, "%.0f", measured.delivered() / measured.seconds()),
                Long.toString(figures.count(Fault.LOST)),
                Long.toString(figures.count(Fault.DUPLICATED)),
                Long.toString(figures.count(Fault.REORDERED)),
                Long.toString(figures.count(Fault.FOREIGN)),
                Integer.toString(figures.gaps()),
                Report.millis(figures.latency().percentile(50)),
                Report.millis(figures.latency().percentile(99)),
                Report.millis(figures.latency().max()),
                each(measured),
                each(figures.atRest()),
                String.format(Locale.ROOT, "%.2f", figures.cpuMicros()),
                seen ? Report.decimal(measured.busy(measured.brokerMicros())) : "–",
                seen ? Report.decimal(figures.atRest().busy(figures.atRest().brokerMicros())) : "–",
                seen ? Report.decimal((double) measured.brokerMicros() / measured.issued()) : "–",
                Report.decimal(measured.busy(measured.clientNanos() / 1000))));
    }

    private static String each(NodesMoment moment) {
        return moment.nodeMicros().stream()
                .map(micros -> Report.decimal(moment.busy(micros)))
                .collect(Collectors.joining(", "));
    }
}
