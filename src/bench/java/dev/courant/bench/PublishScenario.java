package dev.courant.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The scenario that measures publishing to each log: acknowledged events a second, latency and CPU. */
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

    /** Kafka with a second node that has no clients. */
    private static final String KAFKA_WITH_FOLLOWER = "kafka+1";

    private final LoadOptions load;
    private boolean complete = true;

    PublishScenario(LoadOptions load) {
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
        MarkdownReport.printHeader(COLUMNS);
        for (int round = 1; round <= load.rounds(); round++) {
            for (String log : load.servers()) {
                run(log, round);
            }
        }
        System.out.println();
        MarkdownReport.printVerdict("every publication acknowledged, and each client's in order", complete);
    }

    private void run(String log, int round) throws IOException, InterruptedException {
        switch (log) {
            case KAFKA -> {
                try (KafkaBroker broker = KafkaBroker.of(load);
                        ServerUnderTest subject = JavaServer.node(log, broker, load)) {
                    run(log, new ServerSet(subject, broker, null), round);
                }
            }
            case KAFKA_WITH_FOLLOWER -> {
                try (KafkaBroker broker = KafkaBroker.of(load);
                        ServerUnderTest subject = JavaServer.node(log, broker, load);
                        ServerUnderTest follower = JavaServer.node("follower", broker, load)) {
                    run(log, new ServerSet(subject, broker, follower), round);
                }
            }
            default -> {
                try (ServerUnderTest subject = ServerUnderTest.start(log, load)) {
                    run(log, new ServerSet(subject, null, null), round);
                }
            }
        }
    }

    private void run(String log, ServerSet servers, int round) throws IOException, InterruptedException {
        ServerUnderTest subject = servers.subject;
        for (int count : load.publishers()) {
            PublisherPool publishers = new PublisherPool(subject, "bench/publish", count, load.bytes());
            try {
                publishers.start();
                TimeUnit.SECONDS.sleep(load.warmUp());
                PublishSample before = PublishSample.now(servers, publishers);
                publishers.measure();
                TimeUnit.SECONDS.sleep(load.seconds());
                PublishSample after = PublishSample.now(servers, publishers);
                publishers.stop();
                complete &= publishers.failed() == 0 && publishers.outOfOrder() == 0;
                row(log, round, count, publishers, before, after);
            } finally {
                publishers.stop();
            }
        }
        if (!subject.describeProblems().isEmpty()) {
            MarkdownReport.note(log + ", round " + round + ": the server's log: " + subject.describeProblems());
        }
    }

    private static void row(
            String log, int round, int count, PublisherPool publishers, PublishSample before, PublishSample after) {
        double seconds = (after.at - before.at) / 1e9;
        double events = after.acknowledged - before.acknowledged;
        LatencyHistogram latency = publishers.latency();
        MarkdownReport.printRow(List.of(
                log,
                Integer.toString(round),
                Integer.toString(count),
                String.format(Locale.ROOT, "%.0f", events / seconds),
                Integer.toString(publishers.failed()),
                Integer.toString(publishers.outOfOrder()),
                millis(latency.percentile(50)),
                millis(latency.percentile(99)),
                millis(latency.max()),
                MarkdownReport.formatDecimal((after.serverMicros - before.serverMicros) / events),
                each(before.brokerMicros, after.brokerMicros, events),
                each(before.followerMicros, after.followerMicros, events),
                MarkdownReport.formatDecimal((after.serverMicros - before.serverMicros) / seconds / 1e4),
                MarkdownReport.formatDecimal((after.clientNanos - before.clientNanos) / seconds / 1e7)));
    }

    private static String each(long before, long after, double events) {
        return after == 0 ? "–" : MarkdownReport.formatDecimal((after - before) / events);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1000.0);
    }

    /** The servers of a trial. */
    private record ServerSet(
            ServerUnderTest subject,
            @Nullable KafkaBroker broker,
            @Nullable ServerUnderTest follower) {}

    private record PublishSample(
            long at, long acknowledged, long serverMicros, long brokerMicros, long followerMicros, long clientNanos) {

        static PublishSample now(ServerSet servers, PublisherPool publishers) {
            return new PublishSample(
                    System.nanoTime(),
                    publishers.acknowledged(),
                    ProcessStats.cpuMicros(servers.subject.pid()),
                    servers.broker == null ? 0 : servers.broker.cpuMicros(),
                    servers.follower == null ? 0 : ProcessStats.cpuMicros(servers.follower.pid()),
                    ManagementFactory.getThreadMXBean().getThreadCpuTime(publishers.threadId()));
        }
    }
}
