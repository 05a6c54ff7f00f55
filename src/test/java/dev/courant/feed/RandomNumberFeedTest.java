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
import dev.courant.support.TestDeadline;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Startup;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On an executor of the JDK, since Payara's cancels by itself what an application leaves behind, and others' do not. */
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
        numbers.wanted = true;
        numbers.scheduler = (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ManagedScheduledExecutorService.class},
                (proxy, method, arguments) -> method.invoke(executor, arguments));
        numbers.sse = new TopicSse(hub, hub::publish, new Topic("t"), JsonbBuilder.create(), executor, executor);
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        hub.close();
    }

    @Test
    void goesOnWhateverABroadcastThrows() throws InterruptedException {
        numbers.broadcaster = broadcaster(true);
        numbers.start(new Startup());

        for (int i = 0; i < 2; i++) {
            OutboundSseEvent event = broadcast.poll(TestDeadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(event != null, "it has stopped");
            RandomNumber reading = assertInstanceOf(RandomNumber.class, event.getData());
            assertTrue(reading.value() >= 0 && reading.value() < 1);
        }
    }

    @Test
    void leavesNothingInTheExecutorThatOutlivesIt() throws Exception {
        numbers.broadcaster = broadcaster(false);
        numbers.start(new Startup());
        assertTrue(broadcast.poll(TestDeadline.SECONDS, TimeUnit.SECONDS) != null);

        numbers.stop();

        // A run under way ends by itself; then nothing is queued any more.
        executor.submit(() -> {}).get(TestDeadline.SECONDS, TimeUnit.SECONDS);
        assertEquals(0, executor.getQueue().size());
    }

    @Test
    void isNotThereWhereItIsNotWanted() {
        numbers.wanted = false;
        numbers.start(new Startup());

        assertEquals(0, executor.getQueue().size());
    }

    @Test
    void canBeStoppedBeforeItHasStarted() {
        numbers.stop();
        assertEquals(0, executor.getQueue().size());
    }

    private SseBroadcaster broadcaster(boolean failing) {
        return (SseBroadcaster) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SseBroadcaster.class}, (proxy, method, arguments) -> {
                    broadcast.add((OutboundSseEvent) arguments[0]);
                    if (failing) {
                        throw new IllegalStateException("an application's own");
                    }
                    return CompletableFuture.completedFuture(null);
                });
    }
}
