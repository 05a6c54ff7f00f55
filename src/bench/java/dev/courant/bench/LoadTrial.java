package dev.courant.bench;

import dev.courant.check.CheckFindings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One load on a running server: connects, warms up, measures, waits for the last events and disconnects. */
final class LoadTrial {

    static final int CONNECT_SECONDS = 40;
    private static final int DRAIN_SECONDS = 15;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
    static final int SETTLE_MILLIS = 500;
    private static final int WATCH_MILLIS = 200;

    /** The maximum time until a server has to disconnect a client that accepts no byte. */
    static final int MAX_SECONDS_OPEN = 10;

    private final ServerUnderTest subject;
    private final LoadOptions load;
    private final String topic;
    private final int round;

    /** @param topic a topic that no other trial of the server uses */
    LoadTrial(ServerUnderTest subject, LoadOptions load, String topic, int round) {
        this.subject = subject;
        this.load = load;
        this.topic = topic;
        this.round = round;
    }

    TrialResult run() throws IOException, InterruptedException {
        long pid = subject.pid();
        long residentBefore = ProcessStats.residentKb(pid);
        FixedRatePublisher publisher = new FixedRatePublisher(subject.port(), subject.publishPath(topic), topic, load);
        FixedRatePublisher finalPublisher =
                new FixedRatePublisher(subject.port(), subject.publishPath(topic), topic, load);
        EventRecording recording = load.record().isEmpty() ? null : new EventRecording(Path.of(load.record()), topic);
        StreamCounters counters = new StreamCounters(publisher);
        StreamClients streams = new StreamClients(subject, topic, counters, load, recording);
        NonReadingClients stalled = null;
        try {
            long start = System.nanoTime();
            streams.start();
            await(CONNECT_SECONDS, streams::isComplete);
            double connecting = (System.nanoTime() - start) / 1e9;
            Thread.sleep(SETTLE_MILLIS);
            publisher.start();
            TimeUnit.SECONDS.sleep(load.warmUp());

            TrialSample before = TrialSample.now(pid, publisher, counters, streams);
            publisher.measure();
            counters.measureFrom(before.issued + 1);
            stalled = load.neverReading() == 0 ? null : new NonReadingClients(subject, topic, load.neverReading());
            watch(stalled, before.at + TimeUnit.SECONDS.toNanos(load.seconds()));
            TrialSample published = TrialSample.now(pid, publisher, counters, streams);
            publisher.stop();
            drain(counters::delivered, (long) publisher.issued() * counters.connected());
            TrialSample after = TrialSample.now(pid, publisher, counters, streams);
            double residentKb = ProcessStats.residentKb(pid) - residentBefore;
            if (stalled != null) {
                stalled.update();
            }
            streams.stop();
            // A server detects disconnected clients only when it writes. Publish again, so that they do not affect the
            // next trial.
            finalPublisher.start();
            Thread.sleep(2L * SETTLE_MILLIS);
            finalPublisher.stop();
            if (recording != null) {
                recording.writePublished(publisher.lines(topic));
            }
            return figures(
                    publisher,
                    counters,
                    connecting,
                    streams.findings(publisher.published()),
                    stalled,
                    before,
                    published,
                    after,
                    residentKb);
        } finally {
            publisher.stop();
            finalPublisher.stop();
            streams.stop();
            if (recording != null) {
                recording.close();
            }
            if (stalled != null) {
                stalled.close();
            }
        }
    }

    private TrialResult figures(
            FixedRatePublisher publisher,
            StreamCounters counters,
            double connecting,
            CheckFindings findings,
            @Nullable NonReadingClients stalled,
            TrialSample before,
            TrialSample published,
            TrialSample after,
            double residentKb) {
        long events = after.delivered - before.delivered;
        double publishing = (published.at - before.at) / 1e9;
        double measuring = (after.at - before.at) / 1e9;
        return new TrialResult(
                subject.name(),
                round,
                load.readers(),
                counters.connected(),
                counters.refusals(),
                counters.ends(),
                counters.late(),
                connecting,
                counters.gaps(),
                (published.issued - before.issued) / publishing,
                publisher.failed(),
                publisher.latency().percentile(99),
                (long) (load.rate() * publishing) * load.readers(),
                events,
                measuring,
                findings,
                counters.latency().percentile(50),
                counters.latency().percentile(99),
                counters.latency().max(),
                events == 0 ? 0 : (double) (after.serverMicros - before.serverMicros) / events,
                (after.clientNanos - before.clientNanos) / 1e9 / measuring,
                residentKb,
                subject.peakHeapMb(),
                load.neverReading(),
                stalled == null ? 0 : stalled.open(),
                stalled == null ? 0 : stalled.countStuck(MAX_SECONDS_OPEN),
                stalled == null ? 0 : stalled.closedSeconds(),
                stalled == null ? 0 : stalled.maxSecondsUntilClosed(),
                subject.describeProblems());
    }

    private static void watch(@Nullable NonReadingClients stalled, long until) throws InterruptedException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            Thread.sleep(Math.min(WATCH_MILLIS, 1 + left / 1_000_000));
            if (stalled != null) {
                stalled.update();
            }
        }
    }

    /** Waits until all events are delivered, or none has been delivered for 2 seconds. */
    static void drain(LongSupplier delivered, long all) throws InterruptedException {
        long[] last = {delivered.getAsLong(), System.nanoTime()};
        await(DRAIN_SECONDS, () -> {
            if (delivered.getAsLong() != last[0]) {
                last[0] = delivered.getAsLong();
                last[1] = System.nanoTime();
            }
            return last[0] >= all || System.nanoTime() - last[1] > QUIET_NANOS;
        });
    }

    static void await(int seconds, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    private record TrialSample(long at, int issued, long delivered, long serverMicros, long clientNanos) {

        static TrialSample now(long pid, FixedRatePublisher publisher, StreamCounters counters, StreamClients streams) {
            return new TrialSample(
                    System.nanoTime(),
                    publisher.issued(),
                    counters.delivered(),
                    ProcessStats.cpuMicros(pid),
                    ManagementFactory.getThreadMXBean().getThreadCpuTime(streams.threadId()));
        }
    }
}
