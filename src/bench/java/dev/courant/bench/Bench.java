package dev.courant.bench;

import dev.courant.check.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Courant beside others, after {@code mvn package -DskipTests}, in the folder of the project:
 * {@code java -cp target/test-classes dev.courant.bench.Bench <scenario> [--option value ...]}. Scenarios: {@code fan-out}, {@code many}, {@code stalled},
 * {@code publish}, {@code nodes}, {@code servers}; options: see {@link Load}. One server runs at a time, but for {@code nodes}. Compare the
 * figures of one run with each other only. What servers store lies in {@code java.io.tmpdir}: to sync is cheap where that
 * is no disk.
 */
final class Bench {

    private static final String USAGE = "Usage: java -cp target/test-classes dev.courant.bench.Bench"
            + " fan-out|many|stalled|publish|nodes|servers [--servers stock,nchan,courant,mercure,memory,always,interval,kafka,"
            + "kafka+1,payara-server,payara-server-7,glassfish,wildfly,openliberty]"
            + " [--rounds n] [--clients n] [--never-reading n] [--rate n] [--seconds n] [--warm-up n] [--bytes n]"
            + " [--connect-rate n] [--heap 1g] [--publishers n,n,...] [--nodes n,n,...] [--brokers host:port]"
            + " [--record file]";

    private static final double MOST_OF_STOCK = 0.5;
    private static final double MOST_OF_NCHAN = 1.3;
    private static final double MOST_OF_NCHAN_SELDOM = 1.5; // where each event is a write of its own
    private static final int OFTEN = 100;
    private static final double MOST_SLOWER = 1.2;
    private static final double MOST_RESIDENT_KB = 20;
    private static final int SOME = 500;
    private static final double NEARLY = 0.99;

    private final Load load;
    private final List<Figures> all = new ArrayList<>();

    private Bench(Load load) {
        this.load = load;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> options = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        try {
            switch (args.length == 0 ? "" : args[0]) {
                case "fan-out" -> new Bench(Load.of(List.of("--rounds", "2", "--warm-up", "40"), options)).fanOut();
                case "many" ->
                    new Bench(Load.of(
                                    List.of("--clients", "10000", "--rate", "2", "--servers", "nchan,courant"),
                                    options))
                            .many();
                case "stalled" ->
                    new Bench(Load.of(
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
                    new PublishScenario(Load.of(
                                    List.of(
                                            "--servers",
                                            "memory,always,interval,kafka",
                                            "--seconds",
                                            "15",
                                            "--warm-up",
                                            "20"),
                                    options))
                            .run();
                case "nodes" ->
                    new NodesScenario(Load.of(List.of("--clients", "1500", "--warm-up", "40"), options)).run();
                case "servers" -> new ServersScenario(options).run();
                default -> throw new IllegalArgumentException("no such scenario");
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(USAGE);
            System.exit(2);
        }
    }

    /** The cost of an event for each client that it goes to. */
    private void fanOut() throws IOException, InterruptedException {
        Report.title("fan-out", load);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String server : load.servers()) {
                try (Subject subject = Subject.start(server, load)) {
                    show(new Trial(subject, load, "bench/fan-out", round).run());
                }
            }
        }
        System.out.println();
        all.forEach(Report::notes);
        wholeness();
        Report.verdict("CPU of an event, courant/stock", ratio("stock", Figures::cpuMicros), MOST_OF_STOCK);
        double most = load.rate() < OFTEN ? MOST_OF_NCHAN_SELDOM : MOST_OF_NCHAN;
        Report.verdict("CPU of an event, courant/nchan", ratio("nchan", Figures::cpuMicros), most);
        Report.verdict("p99, courant/nchan", ratio("nchan", Figures::p99), 2);
    }

    /** What a connection costs; the server has worked a little before, so that its own memory is not counted. */
    private void many() throws IOException, InterruptedException {
        Report.title("many", load);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String server : load.servers()) {
                try (Subject subject = Subject.start(server, load)) {
                    Load few = load.with(Math.min(SOME, load.clients()), 0, 1);
                    new Trial(subject, few, "bench/few", round).run();
                    show(new Trial(subject, load, "bench/many", round).run());
                }
            }
        }
        System.out.println();
        all.forEach(Report::notes);
        wholeness();
        Report.verdict("RSS of a connection, KB", mean("courant", Figures::residentKbEach), MOST_RESIDENT_KB);
        Report.verdict("p99, courant/nchan", ratio("nchan", Figures::p99), 1);
    }

    /**
     * What clients that never read cost the others: first without them, then with them, in one life of the server. At
     * 80 KB/s it takes most of a minute until loopback's buffers are full and the server can know: hence the length.
     */
    private void stalled() throws IOException, InterruptedException {
        Report.title("stalled", load);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String server : load.servers()) {
                try (Subject subject = Subject.start(server, load)) {
                    show(new Trial(subject, load.with(load.readers(), 0, load.seconds()), "bench/without", round)
                            .run());
                    show(new Trial(subject, load, "bench/with", round).run());
                }
            }
        }
        System.out.println();
        all.forEach(Report::notes);
        for (String server : load.servers()) {
            List<Figures> without =
                    of(server).filter(each -> each.neverReading() == 0).toList();
            List<Figures> with =
                    of(server).filter(each -> each.neverReading() > 0).toList();
            double slower = mean(with, Figures::p99) / mean(without, Figures::p99);
            boolean whole = with.stream()
                    .allMatch(
                            each -> each.count(Fault.LOST) == 0 && each.publishFailures() == 0 && each.allConnected());
            boolean closed = with.stream()
                    .allMatch(each -> each.stuck() == 0
                            && each.stillOpen() < each.neverReading()
                            && each.closedAfter() <= Trial.MOST_SECONDS_OPEN);
            Report.verdict(server + ", p99 with/without those that never read", slower, MOST_SLOWER);
            Report.verdict(
                    server + ", every publish acknowledged, none of the others disconnected, nothing lost", whole);
            Report.verdict(
                    server + ", those that never read closed within " + Trial.MOST_SECONDS_OPEN
                            + " s of the last byte that they could take",
                    closed);
        }
    }

    private void show(Figures figures) {
        all.add(figures);
        Report.row(figures);
    }

    private void wholeness() {
        for (String server : load.servers()) {
            boolean whole = of(server)
                    .allMatch(each -> each.allConnected()
                            && each.findings().clean()
                            && each.publishFailures() == 0
                            && each.published() >= NEARLY * load.rate());
            Report.verdict(server + ", all connected, published at the rate, everything delivered once", whole);
        }
    }

    /** Courant's mean over the other's; no number if either was not measured. */
    private double ratio(String other, ToDoubleFunction<Figures> figure) {
        return mean("courant", figure) / mean(other, figure);
    }

    private double mean(String server, ToDoubleFunction<Figures> figure) {
        return mean(of(server).toList(), figure);
    }

    private static double mean(List<Figures> some, ToDoubleFunction<Figures> figure) {
        return some.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private Stream<Figures> of(String server) {
        return all.stream().filter(each -> each.server().equals(server));
    }
}
