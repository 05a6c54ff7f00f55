package dev.courant.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * The scenario that measures publishing streams: events a second, CPU, and the latency of a subscriber to another topic while
 * they run. Each publisher sends as fast as the server reads.
 */
final class PipeScenario {

    private static final List<String> COLUMNS = List.of(
            "log",
            "round",
            "publishers",
            "stored/s",
            "lost",
            "CPU µs/event",
            "server busy %",
            "p50 ms of a subscriber",
            "p99 ms",
            "max ms");

    private final LoadOptions load;
    private boolean complete = true;

    PipeScenario(LoadOptions load) {
        this.load = load;
    }

    void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n### pipe%n%nEvents of %d bytes, for %d s after %d s of warming up, over HTTP on loopback; -Xmx%s; %d cores%n%n",
                load.bytes(),
                load.seconds(),
                load.warmUp(),
                load.heap(),
                Runtime.getRuntime().availableProcessors());
        MarkdownReport.printHeader(COLUMNS);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String log : load.servers()) {
                try (ServerUnderTest subject = ServerUnderTest.start(log, load)) {
                    for (int publishers : load.publishers()) {
                        run(log, subject, publishers, round);
                    }
                }
            }
        }
        System.out.println();
        MarkdownReport.printVerdict("every event of each stream stored", complete);
    }

    private void run(String log, ServerUnderTest subject, int publishers, int round)
            throws IOException, InterruptedException {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", subject.port());
        String path = subject.publishPath("bench/pipe");
        new StreamPublishers(server, path, publishers, load.bytes()).run(load.warmUp());
        try (LatencyProbe probe = new LatencyProbe(server, subject)) {
            long cpu = ProcessStats.cpuMicros(subject.pid());
            long start = System.nanoTime();
            StreamPublishers measured = new StreamPublishers(server, path, publishers, load.bytes());
            long stored = measured.run(load.seconds());
            double seconds = (System.nanoTime() - start) / 1e9;
            double micros = ProcessStats.cpuMicros(subject.pid()) - cpu;
            LatencyHistogram latency = probe.stop();
            complete &= stored == measured.sent();
            MarkdownReport.printRow(List.of(
                    log,
                    Integer.toString(round),
                    Integer.toString(publishers),
                    String.format(Locale.ROOT, "%.0f", stored / seconds),
                    Long.toString(measured.sent() - stored),
                    MarkdownReport.formatDecimal(micros / stored),
                    MarkdownReport.formatDecimal(micros / seconds / 1e4),
                    millis(latency.percentile(50)),
                    millis(latency.percentile(99)),
                    millis(latency.max())));
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1000.0);
    }
}
