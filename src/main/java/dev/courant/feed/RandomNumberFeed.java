package dev.courant.feed;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The feed that broadcasts a random number once a second, from deployment to undeployment. The server's scheduled
 * executor runs it. Thread-safe.
 */
@ApplicationScoped
public class RandomNumberFeed {

    private static final Logger LOG = System.getLogger(RandomNumberFeed.class.getName());

    private static final int CHECK_SECONDS = 10;

    /** The number of failures in a row that are no outage: a log in Kafka takes a few seconds to start. */
    private static final int MAX_UNLOGGED_FAILURES = 10;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Inject
    @Named("feedEnabled")
    boolean enabled;

    @Inject
    @Named("courant")
    Sse sse;

    @Inject
    @Named("feed")
    SseBroadcaster broadcaster;

    private final AtomicInteger failures = new AtomicInteger(); // since the last success
    private final AtomicBoolean ranSinceCheck = new AtomicBoolean();
    private @Nullable Future<?> schedule;
    private @Nullable Future<?> check;

    synchronized void start(@Observes Startup startup) {
        if (!enabled) {
            return;
        }
        schedule = scheduleNumbers();
        check = scheduler.scheduleWithFixedDelay(this::restartIfLost, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Schedules the numbers again if the server has lost the schedule. GlassFish does so if a number is due at the moment
     * at which it registers an application, this one or another. It logs a {@code NullPointerException} then.
     */
    synchronized void restartIfLost() {
        if (ranSinceCheck.getAndSet(false) || check == null || check.isCancelled()) {
            return;
        }
        LOG.log(Level.WARNING, "The server has stopped running the random numbers. They are scheduled again.");
        cancel(schedule);
        schedule = scheduleNumbers();
    }

    private Future<?> scheduleNumbers() {
        return scheduler.scheduleAtFixedRate(this::broadcastNumber, 0, 1, TimeUnit.SECONDS);
    }

    /** Stops before the log is closed, so that no failure is logged for the last number. */
    void stopBeforeShutdown(@Observes Shutdown shutdown) {
        stop();
    }

    /**
     * Stops broadcasting. The executor belongs to the server and outlives the application, so the schedule must be
     * cancelled. May be called repeatedly.
     */
    @PreDestroy
    public synchronized void stop() {
        cancel(check);
        cancel(schedule);
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    private void broadcastNumber() {
        ranSinceCheck.set(true);
        try {
            RandomNumber number = new RandomNumber(
                    System.currentTimeMillis(), ThreadLocalRandom.current().nextDouble());
            broadcaster
                    .broadcast(sse.newEventBuilder()
                            .mediaType(MediaType.APPLICATION_JSON_TYPE)
                            .data(number)
                            .build())
                    .whenComplete((stored, failure) -> logStateChange(failure));
        } catch (RuntimeException | Error failed) {
            // An exception would cancel the schedule silently.
            LOG.log(Level.WARNING, "Failed to broadcast a random number. The next one is due in a second.", failed);
        }
    }

    /**
     * Logs once that storing fails, and once that it works again, since a full or unreachable log stays so for a while.
     */
    private void logStateChange(@Nullable Throwable failure) {
        if (failure == null) {
            if (failures.getAndSet(0) > MAX_UNLOGGED_FAILURES) {
                LOG.log(Level.INFO, "Random numbers are stored again");
            }
        } else if (failures.incrementAndGet() == MAX_UNLOGGED_FAILURES + 1) {
            LOG.log(Level.WARNING, "Random numbers cannot be stored: {0}", failure.getMessage());
        }
    }
}
