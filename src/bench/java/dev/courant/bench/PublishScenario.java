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
            "CPU µs/event of a node that only follows",
            "server busy %",
            "client busy %");

    private static final String KAFKA = "kafka";

    /** With one more node, which nobody publishes to or follows. */
    private static final String KAFKA_AND_ANOTHER = "kafka+1";

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
        switch (log) {
            case KAFKA -> {
                try (KafkaBroker broker = KafkaBroker.of(load);
                        Subject subject = JavaServer.node(log, broker, load)) {
                    run(log, new Parts(subject, broker, null), round);
                }
            }
            case KAFKA_AND_ANOTHER -> {
                try (KafkaBroker broker = KafkaBroker.of(load);
                        Subject subject = JavaServer.node(log, broker, load);
                        Subject another = JavaServer.node("another", broker, load)) {
                    run(log, new Parts(subject, broker, another), round);
                }
            }
            default -> {
                try (Subject subject = Subject.start(log, load)) {
                    run(log, new Parts(subject, null, null), round);
                }
            }
        }
    }

    private void run(String log, Parts parts, int round) throws IOException, InterruptedException {
        Subject subject = parts.subject;
        for (int count : load.publishers()) {
            Publishers publishers = new Publishers(subject, "bench/publish", count, load.bytes());
            try {
                publishers.start();
                TimeUnit.SECONDS.sleep(load.warmUp());
                Moment before = Moment.now(parts, publishers);
                publishers.measure();
                TimeUnit.SECONDS.sleep(load.seconds());
                Moment after = Moment.now(parts, publishers);
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
                each(before.brokerMicros, after.brokerMicros, events),
                each(before.followerMicros, after.followerMicros, events),
                Report.decimal((after.serverMicros - before.serverMicros) / seconds / 1e4),
                Report.decimal((after.clientNanos - before.clientNanos) / seconds / 1e7)));
    }

    private static String each(long before, long after, double events) {
        return after == 0 ? "–" : Report.decimal((after - before) / events);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1000.0);
    }

    /** What runs. */
    private record Parts(
            Subject subject,
            @Nullable KafkaBroker broker,
            @Nullable Subject follower) {}

    private record Moment(
            long at, long acknowledged, long serverMicros, long brokerMicros, long followerMicros, long clientNanos) {

        static Moment now(Parts parts, Publishers publishers) {
            return new Moment(
                    System.nanoTime(),
                    publishers.acknowledged(),
                    ProcessFigures.cpuMicros(parts.subject.pid()),
                    parts.broker == null ? 0 : parts.broker.cpuMicros(),
                    parts.follower == null ? 0 : ProcessFigures.cpuMicros(parts.follower.pid()),
                    ManagementFactory.getThreadMXBean().getThreadCpuTime(publishers.threadId()));
        }
    }
}
