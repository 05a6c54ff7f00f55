package dev.courant.bench;

import dev.courant.check.Findings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One load on one server that is running: connect, warm up, measure, let what is under way arrive, take leave. */
final class Trial {

    static final int CONNECT_SECONDS = 40;
    private static final int DRAIN_SECONDS = 15;
    private static final long QUIET = TimeUnit.SECONDS.toNanos(2);
    static final int SETTLE_MILLIS = 500;
    private static final int LOOK_MILLIS = 200;

    /** How soon a client that takes nothing is to be disconnected. */
    static final int MOST_SECONDS_OPEN = 10;

    private final Subject subject;
    private final Load load;
    private final String topic;
    private final int round;

    /** @param topic one of its own for each trial of a server */
    Trial(Subject subject, Load load, String topic, int round) {
        this.subject = subject;
        this.load = load;
        this.topic = topic;
        this.round = round;
    }

    Figures run() throws IOException, InterruptedException {
        long pid = subject.pid();
        long residentBefore = ProcessFigures.residentKb(pid);
        Publisher publisher = new Publisher(subject.port(), subject.publishPath(topic), topic, load);
        Publisher farewell = new Publisher(subject.port(), subject.publishPath(topic), topic, load);
        Recording recording = load.record().isEmpty() ? null : new Recording(Path.of(load.record()), topic);
        Tally tally = new Tally(publisher);
        Streams streams = new Streams(subject, topic, tally, load, recording);
        NeverReading stalled = null;
        try {
            long start = System.nanoTime();
            streams.start();
            await(CONNECT_SECONDS, streams::settled);
            double connecting = (System.nanoTime() - start) / 1e9;
            Thread.sleep(SETTLE_MILLIS);
            publisher.start();
            TimeUnit.SECONDS.sleep(load.warmUp());

            Moment before = Moment.now(pid, publisher, tally, streams);
            publisher.measure();
            tally.measureFrom(before.issued + 1);
            stalled = load.neverReading() == 0 ? null : new NeverReading(subject, topic, load.neverReading());
            look(stalled, before.at + TimeUnit.SECONDS.toNanos(load.seconds()));
            Moment published = Moment.now(pid, publisher, tally, streams);
            publisher.stop();
            drain(tally::delivered, (long) publisher.issued() * tally.connected());
            Moment after = Moment.now(pid, publisher, tally, streams);
            double residentKb = ProcessFigures.residentKb(pid) - residentBefore;
            if (stalled != null) {
                stalled.look();
            }
            streams.stop();
            // Only by writing does a server find out that those who followed are gone; another trial may come.
            farewell.start();
            Thread.sleep(2L * SETTLE_MILLIS);
            farewell.stop();
            if (recording != null) {
                recording.published(publisher.lines(topic));
            }
            return figures(
                    publisher,
                    tally,
                    connecting,
                    streams.findings(publisher.published()),
                    stalled,
                    before,
                    published,
                    after,
                    residentKb);
        } finally {
            publisher.stop();
            farewell.stop();
            streams.stop();
            if (recording != null) {
                recording.close();
            }
            if (stalled != null) {
                stalled.close();
            }
        }
    }

    private Figures figures(
            Publisher publisher,
            Tally tally,
            double connecting,
            Findings findings,
            @Nullable NeverReading stalled,
            Moment before,
            Moment published,
            Moment after,
            double residentKb) {
        long events = after.delivered - before.delivered;
        double publishing = (published.at - before.at) / 1e9;
        double measuring = (after.at - before.at) / 1e9;
        return new Figures(
                subject.name(),
                round,
                load.readers(),
                tally.connected(),
                tally.refusals(),
                tally.ends(),
                tally.late(),
                connecting,
                tally.gaps(),
                (published.issued - before.issued) / publishing,
                publisher.failed(),
                publisher.latency().percentile(99),
                (long) (load.rate() * publishing) * load.readers(),
                events,
                measuring,
                findings,
                tally.latency().percentile(50),
                tally.latency().percentile(99),
                tally.latency().max(),
                events == 0 ? 0 : (double) (after.serverMicros - before.serverMicros) / events,
                (after.clientNanos - before.clientNanos) / 1e9 / measuring,
                residentKb,
                subject.peakHeapMb(),
                load.neverReading(),
                stalled == null ? 0 : stalled.open(),
                stalled == null ? 0 : stalled.stuck(MOST_SECONDS_OPEN),
                stalled == null ? 0 : stalled.closedSeconds(),
                stalled == null ? 0 : stalled.longestSeconds(),
                subject.trouble());
    }

    private static void look(@Nullable NeverReading stalled, long until) throws InterruptedException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            Thread.sleep(Math.min(LOOK_MILLIS, 1 + left / 1_000_000));
            if (stalled != null) {
                stalled.look();
            }
        }
    }

    /** Until everything has arrived, or nothing has for a while. */
    static void drain(LongSupplier delivered, long all) throws InterruptedException {
        long[] last = {delivered.getAsLong(), System.nanoTime()};
        await(DRAIN_SECONDS, () -> {
            if (delivered.getAsLong() != last[0]) {
                last[0] = delivered.getAsLong();
                last[1] = System.nanoTime();
            }
            return last[0] >= all || System.nanoTime() - last[1] > QUIET;
        });
    }

    static void await(int seconds, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    private record Moment(long at, int issued, long delivered, long serverMicros, long clientNanos) {

        static Moment now(long pid, Publisher publisher, Tally tally, Streams streams) {
            return new Moment(
                    System.nanoTime(),
                    publisher.issued(),
                    tally.delivered(),
                    ProcessFigures.cpuMicros(pid),
                    ManagementFactory.getThreadMXBean().getThreadCpuTime(streams.threadId()));
        }
    }
}
