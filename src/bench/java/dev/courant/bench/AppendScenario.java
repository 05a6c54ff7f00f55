package dev.courant.bench;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.log.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The throughput of a log without a server. Each thread appends the next event when the previous one is stored. */
public final class AppendScenario {

    private static final List<String> COLUMNS = List.of(
            "log",
            "publishers",
            "stored/s",
            "failed",
            "p50 ms",
            "p99 ms",
            "max ms",
            "CPU µs/event, all in this JVM",
            "bytes written/event",
            "bytes of pages dirtied/event");

    private final EventLog log;
    private final Event event;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean measuring;
    private volatile boolean stopping;

    private AppendScenario(EventLog log, int bytes) {
        this.log = log;
        event = Event.message(new Topic("bench/append"), "x".repeat(bytes));
    }

    /** Runs the scenario with the options of {@link Bench}, and prints a table. */
    public static void run(EventLog log, List<String> options) throws InterruptedException {
        LoadOptions load = LoadOptions.of(List.of(), options);
        System.out.printf(
                Locale.ROOT,
                "%n### append%n%n%d bytes, in process, for %d s after %d s of warming up; %d cores%n%n",
                load.bytes(),
                load.seconds(),
                load.warmUp(),
                Runtime.getRuntime().availableProcessors());
        MarkdownReport.printHeader(COLUMNS);
        for (int publishers : load.publishers()) {
            new AppendScenario(log, load.bytes()).measure(publishers, load);
        }
    }

    private void measure(int publishers, LoadOptions load) throws InterruptedException {
        List<AppendThread> all = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            all.add(new AppendThread());
        }
        all.forEach(Thread::start);
        TimeUnit.SECONDS.sleep(load.warmUp());
        long pid = ProcessHandle.current().pid();
        long storedBefore = stored.get();
        long micros = ProcessStats.cpuMicros(pid);
        long written = ProcessStats.ioBytes("wchar");
        long dirtied = ProcessStats.ioBytes("write_bytes");
        long start = System.nanoTime();
        measuring = true;
        TimeUnit.SECONDS.sleep(load.seconds());
        double seconds = (System.nanoTime() - start) / 1e9;
        double events = stored.get() - storedBefore;
        double cpu = ProcessStats.cpuMicros(pid) - micros;
        written = ProcessStats.ioBytes("wchar") - written;
        dirtied = ProcessStats.ioBytes("write_bytes") - dirtied;
        stopping = true;
        LatencyHistogram latency = new LatencyHistogram();
        for (AppendThread each : all) {
            each.join();
            latency.add(each.latency);
        }
        MarkdownReport.printRow(List.of(
                log.getClass().getSimpleName(),
                Integer.toString(publishers),
                String.format(Locale.ROOT, "%.0f", events / seconds),
                failed + findFailureReason(all),
                millis(latency.percentile(50)),
                millis(latency.percentile(99)),
                millis(latency.max()),
                MarkdownReport.formatDecimal(cpu / events),
                String.format(Locale.ROOT, "%.0f", written / events),
                String.format(Locale.ROOT, "%.0f", dirtied / events)));
    }

    private static String findFailureReason(List<AppendThread> all) {
        return all.stream()
                .map(publisher -> publisher.failureReason)
                .filter(failureReason -> !failureReason.isEmpty())
                .findFirst()
                .map(failureReason -> " (" + failureReason + ")")
                .orElse("");
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.3f", micros / 1000.0);
    }

    private final class AppendThread extends Thread {

        private final LatencyHistogram latency = new LatencyHistogram();
        private String failureReason = ""; // of the last failed event

        @Override
        public void run() {
            while (!stopping) {
                long start = System.nanoTime();
                try {
                    log.append(event).toCompletableFuture().join();
                    stored.incrementAndGet();
                    if (measuring) {
                        latency.record((System.nanoTime() - start) / 1000);
                    }
                } catch (CompletionException | IllegalStateException refused) {
                    failed.incrementAndGet();
                    failureReason = String.valueOf(refused.getMessage());
                }
            }
        }
    }
}
