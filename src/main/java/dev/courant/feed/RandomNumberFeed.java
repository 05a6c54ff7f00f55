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
import org.jspecify.annotations.Nullable;

/** Broadcasts a random number a second, driven by the server's scheduled executor, from deployment to undeployment. */
@ApplicationScoped
public class RandomNumberFeed {

    private static final Logger LOG = System.getLogger(RandomNumberFeed.class.getName());

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Inject
    @Named("feedEnabled")
    boolean wanted;

    @Inject
    @Named("courant")
    Sse sse;

    @Inject
    @Named("feed")
    SseBroadcaster broadcaster;

    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile @Nullable Future<?> schedule;

    void start(@Observes Startup deployed) {
        if (!wanted) {
            return;
        }
        schedule = scheduler.scheduleAtFixedRate(this::next, 0, 1, TimeUnit.SECONDS);
    }

    /** While there is a log: nobody needs to be told that the last number was lost. */
    void end(@Observes Shutdown going) {
        stop();
    }

    /**
     * Stops broadcasting. The executor is the server's and outlives the application, so the schedule must be cancelled. Any
     * thread may call this, any number of times.
     */
    @PreDestroy
    public void stop() {
        Future<?> known = schedule;
        if (known != null) {
            known.cancel(false);
        }
    }

    private void next() {
        try {
            RandomNumber reading = new RandomNumber(
                    System.currentTimeMillis(), ThreadLocalRandom.current().nextDouble());
            broadcaster
                    .broadcast(sse.newEventBuilder()
                            .mediaType(MediaType.APPLICATION_JSON_TYPE)
                            .data(reading)
                            .build())
                    .whenComplete((stored, failure) -> tell(failure));
        } catch (RuntimeException | Error failed) {
            // An exception that escapes would end the schedule without a word.
            LOG.log(Level.WARNING, "A number could not be broadcast; the next one is tried", failed);
        }
    }

    /** A log that is full or not reached stays so for a while: it is told when that begins and when it ends. */
    private void tell(@Nullable Throwable failure) {
        if (failing.getAndSet(failure != null) == (failure != null)) {
            return;
        }
        if (failure == null) {
            LOG.log(Level.INFO, "Numbers are stored again");
        } else {
            LOG.log(Level.WARNING, "Numbers cannot be stored for now: {0}", failure.getMessage());
        }
    }
}
