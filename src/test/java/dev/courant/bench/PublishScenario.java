package dev.courant.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What it takes to publish to each log: acknowledged events a second, for how long one waits for it, and the CPU. */
final class PublishScenario {

    private static final List<String> COLUMNS = List.of(
            "log",
            "round",
            "publishers",
            "acknowledged/s",
            "failed",
            "out of order",
            "p50 ms",
            "p99 ms",
            "max ms",
            "CPU µs/event",
            "broker's CPU µs/event",
            "server busy %",
            "client busy %");

    private static final String KAFKA = "kafka";

    private final Load load;
    private boolean whole = true;

    PublishScenario(Load load) {
        this.load = load;
    }

    void run() throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n### publish%n%nThe next event of %d bytes when the last is acknowledged, for %d s after %d s of warming"
                        + " up, over HTTP on loopback; -Xmx%s; %d cores%n%n",
                load.bytes(),
                load.seconds(),
                load.warmUp(),
                load.heap(),
                Runtime.getRuntime().availableProcessors());
        Report.head(COLUMNS);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String log : load.servers()) {
                run(log, round);
            }
        }
        System.out.println();
        Report.verdict("every publication acknowledged, and each client's in order", whole);
    }

    private void run(String log, int round) throws IOException, InterruptedException {
        if (log.equals(KAFKA)) {
            try (KafkaBroker broker = KafkaBroker.of(load);
                    Subject subject = JavaServer.node(log, broker, load)) {
                run(log, subject, broker, round);
            }
        } else {
            try (Subject subject = Subject.start(log, load)) {
                run(log, subject, null, round);
            }
        }
    }

    private void run(String log, Subject subject, @Nullable KafkaBroker broker, int round)
            throws IOException, InterruptedException {
        for (int count : load.publishers()) {
            Publishers publishers = new Publishers(subject, "bench/publish", count, load.bytes());
            try {
                publishers.start();
                TimeUnit.SECONDS.sleep(load.warmUp());
                Moment before = Moment.now(subject, broker, publishers);
                publishers.measure();
                TimeUnit.SECONDS.sleep(load.seconds());
                Moment after = Moment.now(subject, broker, publishers);
                publishers.stop();
                whole &= publishers.failed() == 0 && publishers.disordered() == 0;
                row(log, round, count, publishers, before, after);
            } finally {
                publishers.stop();
            }
        }
        if (!subject.trouble().isEmpty()) {
            Report.say(log + ", round " + round + ": the server's log: " + subject.trouble());
        }
    }

    private static void row(String log, int round, int count, Publishers publishers, Moment before, Moment after) {
        double seconds = (after.at - before.at) / 1e9;
        double events = after.acknowledged - before.acknowledged;
        Latency latency = publishers.latency();
        Report.cells(List.of(
                log,
                Integer.toString(round),
                Integer.toString(count),
                String.format(Locale.ROOT, "%.0f", events / seconds),
                Integer.toString(publishers.failed()),
                Integer.toString(publishers.disordered()),
                millis(latency.percentile(50)),
                millis(latency.percentile(99)),
                millis(latency.max()),
                Report.decimal((after.serverMicros - before.serverMicros) / events),
                after.brokerMicros == 0 ? "–" : Report.decimal((after.brokerMicros - before.brokerMicros) / events),
                Report.decimal((after.serverMicros - before.serverMicros) / seconds / 1e4),
                Report.decimal((after.clientNanos - before.clientNanos) / seconds / 1e7)));
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1000.0);
    }

    private record Moment(long at, long acknowledged, long serverMicros, long brokerMicros, long clientNanos) {

        static Moment now(Subject subject, @Nullable KafkaBroker broker, Publishers publishers) {
            return new Moment(
                    System.nanoTime(),
                    publishers.acknowledged(),
                    ProcessFigures.cpuMicros(subject.pid()),
                    broker == null ? 0 : broker.cpuMicros(),
                    ManagementFactory.getThreadMXBean().getThreadCpuTime(publishers.threadId()));
        }
    }
}
