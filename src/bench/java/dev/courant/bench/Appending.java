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

/** What a log takes without a server before it: threads in this JVM append, each the next event when the last is stored. */
public final class Appending {

    private static final List<String> COLUMNS = List.of(
            "log", "publishers", "stored/s", "failed", "p50 ms", "p99 ms", "max ms", "CPU µs/event, all in this JVM");

    private final EventLog log;
    private final Event event;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean measuring;
    private volatile boolean stopping;

    private Appending(EventLog log, int bytes) {
        this.log = log;
        event = Event.message(new Topic("bench/append"), "x".repeat(bytes));
    }

    /** Prints a table; options as those of {@link Bench}. */
    public static void run(EventLog log, List<String> options) throws InterruptedException {
        Load load = Load.of(List.of(), options);
        System.out.printf(
                Locale.ROOT,
                "%n### append%n%n%d bytes, in process, for %d s after %d s of warming up; %d cores%n%n",
                load.bytes(),
                load.seconds(),
                load.warmUp(),
                Runtime.getRuntime().availableProcessors());
        Report.head(COLUMNS);
        for (int publishers : load.publishers()) {
            new Appending(log, load.bytes()).measure(publishers, load);
        }
    }

    private void measure(int publishers, Load load) throws InterruptedException {
        List<Publisher> all = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            all.add(new Publisher());
        }
        all.forEach(Thread::start);
        TimeUnit.SECONDS.sleep(load.warmUp());
        long pid = ProcessHandle.current().pid();
        long storedBefore = stored.get();
        long micros = ProcessFigures.cpuMicros(pid);
        long start = System.nanoTime();
        measuring = true;
        TimeUnit.SECONDS.sleep(load.seconds());
        double seconds = (System.nanoTime() - start) / 1e9;
        double events = stored.get() - storedBefore;
        double cpu = ProcessFigures.cpuMicros(pid) - micros;
        stopping = true;
        Latency latency = new Latency();
        for (Publisher each : all) {
            each.join();
            latency.add(each.latency);
        }
        Report.cells(List.of(
                log.getClass().getSimpleName(),
                Integer.toString(publishers),
                String.format(Locale.ROOT, "%.0f", events / seconds),
                failed + why(all),
                millis(latency.percentile(50)),
                millis(latency.percentile(99)),
                millis(latency.max()),
                Report.decimal(cpu / events)));
    }

    private static String why(List<Publisher> all) {
        return all.stream()
                .map(publisher -> publisher.why)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .map(why -> " (" + why + ")")
                .orElse("");
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.3f", micros / 1000.0);
    }

    private final class Publisher extends Thread {

        private final Latency latency = new Latency();
        private String why = ""; // the last one failed

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
                    why = String.valueOf(refused.getMessage());
                }
            }
        }
    }
}
