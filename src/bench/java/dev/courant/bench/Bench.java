package dev.courant.bench;

import dev.courant.check.DeliveryFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The benchmark of Courant and other servers. Run it after {@code mvn package -DskipTests} in the project folder:
 * {@code java -cp target/test-classes dev.courant.bench.Bench <scenario> [--option value ...]}. Scenarios: {@code fan-out}, {@code many}, {@code stalled},
 * {@code publish}, {@code pipe}, {@code nodes}, {@code servers}; options: see {@link LoadOptions}. Except for {@code nodes}, one
 * server runs at a time. Compare only figures of the same run. Servers store events in {@code java.io.tmpdir}; if that is not
 * on a disk, fsync is cheap.
 */
final class Bench {

    private static final String USAGE = "Usage: java -cp target/test-classes dev.courant.bench.Bench"
            + " fan-out|many|stalled|publish|pipe|nodes|servers [--servers stock,nchan,courant,mercure,memory,always,interval,kafka,"
            + "kafka+1,payara-server,payara-server-7,glassfish,wildfly,openliberty]"
            + " [--rounds n] [--clients n] [--never-reading n] [--rate n] [--seconds n] [--warm-up n] [--bytes n]"
            + " [--connect-rate n] [--heap 1g] [--publishers n,n,...] [--nodes n,n,...] [--brokers host:port]"
            + " [--record file]";

    private static final double MAX_RATIO_STOCK = 0.5;
    private static final double MAX_RATIO_NCHAN = 1.3;
    private static final double MAX_RATIO_NCHAN_LOW_RATE = 1.5; // each event is a separate write
    private static final int HIGH_RATE = 100;
    private static final double MAX_SLOWDOWN = 1.2;
    private static final double MAX_RESIDENT_KB = 20;
    private static final int WARM_UP_CLIENTS = 500;
    private static final double MIN_RATE_SHARE = 0.99;

    private final LoadOptions load;
    private final List<TrialResult> all = new ArrayList<>();

    private Bench(LoadOptions load) {
        this.load = load;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> options = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        try {
            switch (args.length == 0 ? "" : args[0]) {
                case "fan-out" ->
                    new Bench(LoadOptions.of(List.of("--rounds", "2", "--warm-up", "40"), options)).fanOut();
                case "many" ->
                    new Bench(LoadOptions.of(
                                    List.of("--clients", "10000", "--rate", "2", "--servers", "nchan,courant"),
                                    options))
                            .many();
                case "stalled" ->
                    new Bench(LoadOptions.of(
                                    List.of(
                                            "--never-reading",
                                            "200",
                                            "--bytes",
                                            "4096",
                                            "--seconds",
                                            "50",
                                            "--heap",
                                            "512m"),
                                    options))
                            .stalled();
                case "publish" ->
                    new PublishScenario(LoadOptions.of(
                                    List.of(
                                            "--servers",
                                            "memory,always,interval,kafka",
                                            "--seconds",
                                            "15",
                                            "--warm-up",
                                            "20"),
                                    options))
                            .run();
                case "pipe" ->
                    new PipeScenario(LoadOptions.of(
                                    List.of("--servers", "memory", "--seconds", "10", "--warm-up", "10"), options))
                            .run();
                case "nodes" ->
                    new NodesScenario(LoadOptions.of(List.of("--clients", "1500", "--warm-up", "40"), options)).run();
                case "servers" -> new ServersScenario(options).run();
                default -> throw new IllegalArgumentException("unknown scenario");
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(USAGE);
            System.exit(2);
        }
    }

    /** Measures the cost of an event for each client that receives it. */
    private void fanOut() throws IOException, InterruptedException {
        MarkdownReport.printTitle("fan-out", load);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String server : load.servers()) {
                try (ServerUnderTest subject = ServerUnderTest.start(server, load)) {
                    show(new LoadTrial(subject, load, "bench/fan-out", round).run());
                }
            }
        }
        System.out.println();
        all.forEach(MarkdownReport::printNotes);
        reportCompleteness();
        MarkdownReport.printVerdict(
                "CPU of an event, courant/stock", ratio("stock", TrialResult::cpuMicros), MAX_RATIO_STOCK);
        double most = load.rate() < HIGH_RATE ? MAX_RATIO_NCHAN_LOW_RATE : MAX_RATIO_NCHAN;
        MarkdownReport.printVerdict("CPU of an event, courant/nchan", ratio("nchan", TrialResult::cpuMicros), most);
        MarkdownReport.printVerdict("p99, courant/nchan", ratio("nchan", TrialResult::p99), 2);
    }

    /** Measures the memory of a connection, after a short load, so that the server's initial memory is not counted. */
    private void many() throws IOException, InterruptedException {
        MarkdownReport.printTitle("many", load);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String server : load.servers()) {
                try (ServerUnderTest subject = ServerUnderTest.start(server, load)) {
                    LoadOptions few = load.with(Math.min(WARM_UP_CLIENTS, load.clients()), 0, 1);
                    new LoadTrial(subject, few, "bench/few", round).run();
                    show(new LoadTrial(subject, load, "bench/many", round).run());
                }
            }
        }
        System.out.println();
        all.forEach(MarkdownReport::printNotes);
        reportCompleteness();
        MarkdownReport.printVerdict(
                "RSS of a connection, KB", mean("courant", TrialResult::residentKbEach), MAX_RESIDENT_KB);
        MarkdownReport.printVerdict("p99, courant/nchan", ratio("nchan", TrialResult::p99), 1);
    }

    /**
     * Measures the effect of clients that never read on the others: first without and then with them, on the same server. At
     * 80 KB/s, it takes most of a minute until the loopback buffers are full, which sets the duration.
     */
    private void stalled() throws IOException, InterruptedException {
        MarkdownReport.printTitle("stalled", load);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String server : load.servers()) {
                try (ServerUnderTest subject = ServerUnderTest.start(server, load)) {
                    show(new LoadTrial(subject, load.with(load.readers(), 0, load.seconds()), "bench/without", round)
                            .run());
                    show(new LoadTrial(subject, load, "bench/with", round).run());
                }
            }
        }
        System.out.println();
        all.forEach(MarkdownReport::printNotes);
        for (String server : load.servers()) {
            List<TrialResult> without =
                    of(server).filter(each -> each.neverReading() == 0).toList();
            List<TrialResult> with =
                    of(server).filter(each -> each.neverReading() > 0).toList();
            double slower = mean(with, TrialResult::p99) / mean(without, TrialResult::p99);
            boolean whole = with.stream()
                    .allMatch(each ->
                            each.count(DeliveryFault.LOST) == 0 && each.publishFailures() == 0 && each.allConnected());
            boolean closed = with.stream()
                    .allMatch(each -> each.stuck() == 0
                            && each.stillOpen() < each.neverReading()
                            && each.closedAfter() <= LoadTrial.MAX_SECONDS_OPEN);
            MarkdownReport.printVerdict(server + ", p99 with/without those that never read", slower, MAX_SLOWDOWN);
            MarkdownReport.printVerdict(
                    server + ", every publish acknowledged, none of the others disconnected, nothing lost", whole);
            MarkdownReport.printVerdict(
                    server + ", those that never read closed within " + LoadTrial.MAX_SECONDS_OPEN
                            + " s of the last byte that they could take",
                    closed);
        }
    }

    private void show(TrialResult figures) {
        all.add(figures);
        MarkdownReport.printRow(figures);
    }

    private void reportCompleteness() {
        for (String server : load.servers()) {
            boolean whole = of(server)
                    .allMatch(each -> each.allConnected()
                            && each.findings().isClean()
                            && each.publishFailures() == 0
                            && each.published() >= MIN_RATE_SHARE * load.rate());
            MarkdownReport.printVerdict(
                    server + ", all connected, published at the rate, everything delivered once", whole);
        }
    }

    /** Returns the ratio of Courant's mean to the other server's, or NaN if one was not measured. */
    private double ratio(String other, ToDoubleFunction<TrialResult> figure) {
        return mean("courant", figure) / mean(other, figure);
    }

    private double mean(String server, ToDoubleFunction<TrialResult> figure) {
        return mean(of(server).toList(), figure);
    }

    private static double mean(List<TrialResult> some, ToDoubleFunction<TrialResult> figure) {
        return some.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private Stream<TrialResult> of(String server) {
        return all.stream().filter(each -> each.server().equals(server));
    }
}
