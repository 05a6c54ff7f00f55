package dev.courant.bench;

import dev.courant.app.EventLogFactory;
import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogRange;
import dev.courant.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The benchmark of a large journal: its peak size, its opening, its memory, and the reading of a topic with 200 events. Run it
 * like {@link AppendBench}, with the number and size of the events and the number of topics: {@code JournalBench 1000000 1000 50}.
 */
final class JournalBench {

    private static final int RARE_EVENTS = 200;
    private static final int BATCH = 2000;
    private static final TopicSelection RARE = TopicSelection.of(Set.of(new Topic("bench/rare")));

    private JournalBench() {}

    public static void main(String[] args) throws Exception {
        fill(Integer.parseInt(args[0]), "x".repeat(Integer.parseInt(args[1])), Integer.parseInt(args[2]));
        long before = usedHeap();
        long start = System.nanoTime();
        long cpu = cpuMicros();
        try (EventLog log = open()) {
            print("opened in s", seconds(start));
            print("CPU of that, s", (cpuMicros() - cpu) / 1e6);
            print("events", log.head() - log.history().floor());
            print("memory, bytes/event with the window", (usedHeap() - before) / (double) log.head());
            for (int round = 1; round <= 5; round++) {
                start = System.nanoTime();
                print("events of the rare topic, read " + round, readRare(log));
                print("in ms", seconds(start) * 1000);
            }
        }
    }

    private static void fill(int events, String data, int topics) throws IOException {
        Path directory = Path.of(System.getProperty("courant.journal.dir"));
        long peak = 0;
        long start = System.nanoTime();
        try (EventLog log = open()) {
            for (int first = 0; first < events; first += BATCH) {
                List<CompletionStage<EventId>> stored = new ArrayList<>();
                for (int i = first; i < first + BATCH; i++) {
                    boolean rare = i % (events / RARE_EVENTS) == 0;
                    String topic = rare ? "bench/rare" : "bench/" + i % topics;
                    stored.add(log.append(Event.message(new Topic(topic), data)));
                }
                stored.forEach(each -> each.toCompletableFuture().join());
                peak = Math.max(peak, size(directory));
            }
        }
        print("filled in s", seconds(start));
        print("peak size, MB", peak / 1e6);
    }

    private static long cpuMicros() {
        return ProcessStats.cpuMicros(ProcessHandle.current().pid());
    }

    private static EventLog open() {
        return EventLogFactory.open(Settings.read(), new SecureRandom(), Thread::new);
    }

    private static long readRare(EventLog log) {
        long read = 0;
        long at = log.history().floor();
        while (at < log.head()) {
            LogRange range = log.history().read(RARE, at, log.head(), 64 << 10);
            read += range.entries().size();
            at = range.upTo();
        }
        return read;
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "%s: %.2f%n", name, value);
    }
}
