package dev.courant.bench;

import dev.courant.check.DeliveryFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The scenario that runs the same WAR on several Jakarta EE servers, with several loads on both APIs. */
final class ServersScenario {

    private static final List<String> COLUMNS = List.of(
            "server",
            "API",
            "clients × rate",
            "connected",
            "delivered %",
            "lost",
            "ended",
            "CPU µs/event",
            "p50 ms",
            "p99 ms",
            "RSS MB",
            "peak heap MB",
            "never reading: closed",
            "the slowest after the last byte, s",
            "client busy %");

    /** The additional warm-up before each load. */
    private static final List<String> WARM_UP_PER_LOAD = List.of("--warm-up", "5");

    private static final List<String> DEFAULTS =
            List.of("--servers", "courant,payara-server,glassfish,wildfly,openliberty", "--warm-up", "40");
    private static final List<String> MANY_CLIENTS = List.of("--clients", "1000", "--rate", "20");
    private static final List<String> HIGH_RATE = List.of("--clients", "500", "--rate", "500");

    /** The duration exceeds the time that fills the kernel's loopback buffers at this rate. */
    private static final List<String> STALLED = List.of(
            "--clients", "1000", "--rate", "20", "--bytes", "4096", "--never-reading", "200", "--seconds", "75");

    private final List<String> options;
    private final LoadOptions warmUp;
    private final List<LoadOptions> loads;
    private final List<TrialResult> all = new ArrayList<>();

    ServersScenario(List<String> options) {
        this.options = options;
        warmUp = load(DEFAULTS, List.of("--seconds", "1"));
        loads = Stream.of(MANY_CLIENTS, HIGH_RATE, STALLED)
                .map(each -> load(each, WARM_UP_PER_LOAD))
                .toList();
    }

    void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n### servers%n%nEach warmed up for %d s; -Xmx%s; Java %s; %d cores, %d files%n%n",
                warmUp.warmUp(),
                warmUp.heap(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ProcessStats.maxOpenFiles());
        MarkdownReport.printHeader(COLUMNS);
        List<String> notes = new ArrayList<>();
        for (String server : warmUp.servers()) {
            try (ServerUnderTest subject = ServerUnderTest.start(server, warmUp)) {
                new LoadTrial(subject, warmUp, "bench/warm-up", 1).run();
                for (LoadOptions load : loads) {
                    show("/sse", load, subject);
                    show("Mercure", load, new MercureServerUnderTest(subject));
                }
                notes.add(server + ": the server's log: " + subject.describeProblems());
            } catch (IllegalStateException down) {
                notes.add(server + ": " + down.getMessage());
            }
        }
        System.out.println();
        all.forEach(MarkdownReport::printAnomalies);
        notes.forEach(MarkdownReport::note);
    }

    private void show(String api, LoadOptions load, ServerUnderTest subject) throws IOException, InterruptedException {
        TrialResult figures = new LoadTrial(subject, load, "bench/servers/" + all.size(), 1 + all.size()).run();
        all.add(figures);
        int closed = figures.neverReading() - figures.stillOpen();
        MarkdownReport.printRow(List.of(
                figures.server(),
                api,
                load.clients() + " × " + load.rate() + "/s of " + load.bytes() + " bytes",
                figures.connected() + "/" + figures.readers(),
                MarkdownReport.formatDecimal(100 * figures.deliveredShare()),
                Long.toString(figures.count(DeliveryFault.LOST)),
                Integer.toString(figures.ended()),
                String.format(Locale.ROOT, "%.2f", figures.cpuMicros()),
                MarkdownReport.formatMillis(figures.p50()),
                MarkdownReport.formatMillis(figures.p99()),
                Long.toString(ProcessStats.residentKb(subject.pid()) / 1024),
                Long.toString(figures.peakHeapMb()),
                figures.neverReading() == 0 ? "–" : closed + "/" + figures.neverReading(),
                figures.neverReading() == 0 ? "–" : MarkdownReport.formatDecimal(figures.closedAfter()),
                MarkdownReport.formatDecimal(100 * figures.clientBusy())));
    }

    /** Returns a load: {@code overrides} have precedence over the caller's options, and these over {@code defaults}. */
    private LoadOptions load(List<String> defaults, List<String> overrides) {
        List<String> words = new ArrayList<>(options);
        words.addAll(overrides);
        return LoadOptions.of(defaults, words);
    }
}
