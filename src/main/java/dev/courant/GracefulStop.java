package dev.courant;

import dev.courant.door.LastAnswers;
import dev.courant.feed.RandomNumbers;
import dev.courant.hub.Hub;
import dev.courant.stream.Admission;
import dev.courant.stream.GrizzlyListenerFilter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops the application of the uber-jar before its server is stopped: the port is closed, publications are refused with a
 * problem document, earlier publications are answered, and all streams end. Then all connections are closed. Otherwise the
 * server, which makes the application unavailable first, would send empty responses to connected publishers.
 */
final class GracefulStop implements Runnable {

    private static final Duration EACH_WITHIN = Duration.ofSeconds(2);
    private static final long CHECK_NANOS = Duration.ofMillis(5).toNanos();

    private final RandomNumbers numbers;
    private final GrizzlyListenerFilter grizzly;
    private final LastAnswers publications;
    private final Hub hub;
    private final Admission streams;

    GracefulStop(
            RandomNumbers numbers,
            GrizzlyListenerFilter grizzly,
            LastAnswers publications,
            Hub hub,
            Admission streams) {
        this.numbers = numbers;
        this.grizzly = grizzly;
        this.publications = publications;
        this.hub = hub;
        this.streams = streams;
    }

    @Override
    public void run() {
        // The thread of a signal has none of the application's, by which CDI finds it.
        Thread.currentThread().setContextClassLoader(GracefulStop.class.getClassLoader());
        numbers.stop();
        grizzly.closePorts();
        publications.refuse(EACH_WITHIN);
        hub.close();
        long end = System.nanoTime() + EACH_WITHIN.toNanos();
        while (streams.streams() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
        grizzly.closeConnections();
    }
}
