package dev.courant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Topic;
import dev.courant.hub.Hub;
import dev.courant.hub.HubTimeouts;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.sse.TopicSse;
import dev.courant.support.InterfaceFake;
import dev.courant.support.LogCapture;
import dev.courant.support.TestDeadline;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Startup;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Verifies the feed on an executor of the JDK. Payara's cancels the schedules of an undeployed application itself;
 * those of other servers do not.
 */
class RandomNumberFeedTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final BlockingQueue<OutboundSseEvent> broadcast = new LinkedBlockingQueue<>();
    private final RandomNumberFeed numbers = new RandomNumberFeed();
    private final Hub hub = new Hub(
            new MemoryLog("e", RetentionBounds.of(new WindowBounds(10, 1 << 20, MINUTE)), System::nanoTime),
            new HubTimeouts(MINUTE, MINUTE, MINUTE, null),
            new ReplayLimit(10_000, 1 << 24),
            System::nanoTime,
            new Random(1),
            Runnable::run,
            Thread::new,
            1);

    @BeforeEach
    void wire() {
        executor.setRemoveOnCancelPolicy(true);
        numbers.enabled = true;
        numbers.scheduler = (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ManagedScheduledExecutorService.class},
                (proxy, method, arguments) -> method.invoke(executor, arguments));
        numbers.sse =
                new TopicSse(hub, hub::publish, new Topic("t"), JsonbBuilder.create(), (sink, topic, subscriber) -> {});
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        hub.close();
    }

    @Test
    void continuesAfterABroadcastThrows() throws InterruptedException {
        numbers.broadcaster = broadcaster(true);
        numbers.start(new Startup());

        for (int i = 0; i < 2; i++) {
            OutboundSseEvent event = broadcast.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(event != null, "the feed has stopped");
            RandomNumber reading = assertInstanceOf(RandomNumber.class, event.getData());
            assertTrue(reading.value() >= 0 && reading.value() < 1);
        }
    }

    @Test
    void logsAnOutageThatIsLongerThanTheStartOfTheLog() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>(new IllegalStateException("starting"));
        numbers.broadcaster = InterfaceFake.create(SseBroadcaster.class, (name, arguments) -> {
            Throwable cause = failure.get();
            return cause == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(cause);
        });
        List<Runnable> tasks = new ArrayList<>();
        numbers.scheduler = InterfaceFake.create(ManagedScheduledExecutorService.class, (name, arguments) -> {
            tasks.add((Runnable) arguments[0]);
            return null;
        });
        numbers.start(new Startup());
        try (LogCapture capture = new LogCapture()) {
            broadcast(tasks, 10);
            failure.set(null);
            broadcast(tasks, 1);
            assertEquals(List.of(), capture.messages());
            failure.set(new IllegalStateException("full"));
            broadcast(tasks, 20);
            failure.set(null);
            broadcast(tasks, 2);
            assertEquals(
                    List.of("Random numbers cannot be stored: full", "Random numbers are stored again"),
                    capture.messages());
        }
    }

    private static void broadcast(List<Runnable> tasks, int times) {
        for (int i = 0; i < times; i++) {
            tasks.get(0).run();
        }
    }

    @Test
    void leavesNoTaskInTheExecutor() throws Exception {
        numbers.broadcaster = broadcaster(false);
        numbers.start(new Startup());
        assertTrue(broadcast.poll(TestDeadline.SECONDS, TimeUnit.SECONDS) != null);

        numbers.stop();

        // A running task ends by itself; then the queue is empty.
        executor.submit(() -> {}).get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        assertEquals(0, executor.getQueue().size());
    }

    @Test
    void startsAgainIfTheServerHasLostTheSchedule() throws Exception {
        numbers.broadcaster = broadcaster(false);
        numbers.start(new Startup());
        assertTrue(broadcast.poll(TestDeadline.SECONDS, TimeUnit.SECONDS) != null);
        // On the only thread, so that no number is running.
        executor.submit(executor.getQueue()::clear).get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        broadcast.clear();

        numbers.restartIfLost();
        numbers.restartIfLost();

        assertTrue(broadcast.poll(TestDeadline.SECONDS, TimeUnit.SECONDS) != null);
    }

    @Test
    void doesNotStartAgainOnceStopped() throws Exception {
        numbers.broadcaster = broadcaster(false);
        numbers.start(new Startup());
        numbers.stop();

        numbers.restartIfLost();
        numbers.restartIfLost();

        executor.submit(() -> {}).get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        assertEquals(0, executor.getQueue().size());
    }

    @Test
    void schedulesNothingIfDisabled() {
        numbers.enabled = false;
        numbers.start(new Startup());

        assertEquals(0, executor.getQueue().size());
    }

    @Test
    void canBeStoppedBeforeItHasStarted() {
        numbers.stop();
        assertEquals(0, executor.getQueue().size());
    }

    private SseBroadcaster broadcaster(boolean failing) {
        return InterfaceFake.create(SseBroadcaster.class, (name, arguments) -> {
            broadcast.add((OutboundSseEvent) arguments[0]);
            if (failing) {
                throw new IllegalStateException("thrown by the application");
            }
            return CompletableFuture.completedFuture(null);
        });
    }
}
