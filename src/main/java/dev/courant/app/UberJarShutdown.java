package dev.courant.app;

import dev.courant.feed.RandomNumberFeed;
import dev.courant.hub.Hub;
import dev.courant.publish.EventStreamReceiver;
import dev.courant.publish.PendingPublishes;
import dev.courant.stream.StreamQuota;
import dev.courant.stream.server.GrizzlyListenerFilter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The stop sequence of the application in the uber-jar, run before its server stops. It closes the port, refuses new
 * publications with a problem document, waits for the responses to earlier ones, and ends all streams. Then it closes
 * all connections. Otherwise the server, which first makes the application unavailable, would send empty responses to
 * connected publishers.
 */
final class UberJarShutdown implements Runnable {

    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(2);
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final RandomNumberFeed feed;
    private final GrizzlyListenerFilter grizzly;
    private final EventStreamReceiver eventStreams;
    private final PendingPublishes pendingPublishes;
    private final Hub hub;
    private final StreamQuota quota;

    UberJarShutdown(
            RandomNumberFeed feed,
            GrizzlyListenerFilter grizzly,
            EventStreamReceiver eventStreams,
            PendingPublishes pendingPublishes,
            Hub hub,
            StreamQuota quota) {
        this.feed = feed;
        this.grizzly = grizzly;
        this.eventStreams = eventStreams;
        this.pendingPublishes = pendingPublishes;
        this.hub = hub;
        this.quota = quota;
    }

    @Override
    public void run() {
        // CDI finds the application by the context class loader, which the thread that handles a signal does not have.
        Thread.currentThread().setContextClassLoader(UberJarShutdown.class.getClassLoader());
        feed.stop();
        grizzly.closePorts();
        eventStreams.stop(STEP_TIMEOUT);
        pendingPublishes.drain(STEP_TIMEOUT);
        hub.close();
        long deadline = System.nanoTime() + STEP_TIMEOUT.toNanos();
        while (quota.usage().streams() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        grizzly.closeConnections();
    }
}
