package dev.courant.app;

import dev.courant.feed.RandomNumberFeed;
import dev.courant.http.StreamAdmission;
import dev.courant.hub.Hub;
import dev.courant.publish.PendingPublishes;
import dev.courant.stream.server.GrizzlyListenerFilter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops the application of the uber-jar before its server is stopped: the port is closed, publications are refused with a
 * problem document, earlier publications are answered, and all streams end. Then all connections are closed. Otherwise the
 * server, which makes the application unavailable first, would send empty responses to connected publishers.
 */
final class UberJarShutdown implements Runnable {

    private static final Duration EACH_WITHIN = Duration.ofSeconds(2);
    private static final long CHECK_NANOS = Duration.ofMillis(5).toNanos();

    private final RandomNumberFeed numbers;
    private final GrizzlyListenerFilter grizzly;
    private final PendingPublishes publications;
    private final Hub hub;
    private final StreamAdmission streams;

    UberJarShutdown(
            RandomNumberFeed numbers,
            GrizzlyListenerFilter grizzly,
            PendingPublishes publications,
            Hub hub,
            StreamAdmission streams) {
        this.numbers = numbers;
        this.grizzly = grizzly;
        this.publications = publications;
        this.hub = hub;
        this.streams = streams;
    }

    @Override
    public void run() {
        // The thread of a signal has none of the application's, by which CDI finds it.
        Thread.currentThread().setContextClassLoader(UberJarShutdown.class.getClassLoader());
        numbers.stop();
        grizzly.closePorts();
        publications.refuse(EACH_WITHIN);
        hub.close();
        long end = System.nanoTime() + EACH_WITHIN.toNanos();
        while (streams.count() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
        grizzly.closeConnections();
    }
}
