package dev.courant.bench;

import dev.courant.check.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The same WAR on one Jakarta EE server after another: each is started, warmed up and given some loads at both doors. */
final class ServersScenario {

    private static final List<String> COLUMNS = List.of(
            "server",
            "door",
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

    /** Before each load: its streams' own code. */
    private static final List<String> SOME_MORE = List.of("--warm-up", "5");

    private static final List<String> ALL =
            List.of("--servers", "courant,payara-server,glassfish,wildfly,openliberty", "--warm-up", "40");
    private static final List<String> MANY = List.of("--clients", "1000", "--rate", "20");
    private static final List<String> OFTEN = List.of("--clients", "500", "--rate", "500");

    /** As long as it takes for all that the kernel holds on loopback to be full, at this rate, and some seconds more. */
    private static final List<String> STALLED = List.of(
            "--clients", "1000", "--rate", "20", "--bytes", "4096", "--never-reading", "200", "--seconds", "75");

    private final List<String> options;
    private final Load warmUp;
    private final List<Load> loads;
    private final List<Figures> all = new ArrayList<>();

    ServersScenario(List<String> options) {
        this.options = options;
        warmUp = load(ALL, List.of("--seconds", "1"));
        loads = Stream.of(MANY, OFTEN, STALLED)
                .map(each -> load(each, SOME_MORE))
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
                ProcessFigures.mostFiles());
        Report.head(COLUMNS);
        List<String> notes = new ArrayList<>();
        for (String server : warmUp.servers()) {
            try (Subject subject = Subject.start(server, warmUp)) {
                new Trial(subject, warmUp, "bench/warm-up", 1).run();
                for (Load load : loads) {
                    show("/sse", load, subject);
                    show("Mercure", load, new MercureDoor(subject));
                }
                notes.add(server + ": the server's log: " + subject.trouble());
            } catch (IllegalStateException down) {
                notes.add(server + ": " + down.getMessage());
            }
        }
        System.out.println();
        all.forEach(Report::unusual);
        notes.forEach(Report::say);
    }

    private void show(String door, Load load, Subject subject) throws IOException, InterruptedException {
        Figures figures = new Trial(subject, load, "bench/servers/" + all.size(), 1 + all.size()).run();
        all.add(figures);
        int closed = figures.neverReading() - figures.stillOpen();
        Report.cells(List.of(
                figures.server(),
                door,
                load.clients() + " × " + load.rate() + "/s of " + load.bytes() + " bytes",
                figures.connected() + "/" + figures.readers(),
                Report.decimal(100 * figures.deliveredShare()),
                Long.toString(figures.count(Fault.LOST)),
                Integer.toString(figures.ended()),
                String.format(Locale.ROOT, "%.2f", figures.cpuMicros()),
                Report.millis(figures.p50()),
                Report.millis(figures.p99()),
                Long.toString(ProcessFigures.residentKb(subject.pid()) / 1024),
                Long.toString(figures.peakHeapMb()),
                figures.neverReading() == 0 ? "–" : closed + "/" + figures.neverReading(),
                figures.neverReading() == 0 ? "–" : Report.decimal(figures.closedAfter()),
                Report.decimal(100 * figures.clientBusy())));
    }

    /** The caller's options win over a load's own, and what is after them over both. */
    private Load load(List<String> own, List<String> after) {
        List<String> words = new ArrayList<>(options);
        words.addAll(after);
        return Load.of(own, words);
    }
}
