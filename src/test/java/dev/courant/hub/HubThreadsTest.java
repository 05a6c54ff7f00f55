package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Event;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.LogEntry;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubThreadsTest {

    private static final int PUBLISHERS = 4;
    private static final int EACH = 500;
    private static final int ALL = PUBLISHERS * EACH;
    private static final Topic TOPIC = new Topic("t");

    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stopTheOthers() {
        others.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyClientReceivesAllEventsInOrder(int dispatchers) throws InterruptedException {
        Hub hub = hub(dispatchers);
        List<ThreadedClient> clients = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            clients.add(new ThreadedClient());
            hub.subscribe(TopicSelection.of(Set.of(TOPIC)), SubscribeRequest.NEW, clients.get(n), clients.get(n));
        }
        for (int n = 0; n < PUBLISHERS; n++) {
            others.execute(() -> {
                for (int event = 0; event < EACH; event++) {
                    hub.publish(Event.message(TOPIC, "x"));
                }
            });
        }
        for (ThreadedClient client : clients) {
            assertTrue(
                    client.gotAll.await(TestDeadline.SECONDS, TimeUnit.SECONDS), () -> "got " + client.offsets.size());
        }
        hub.close();

        for (ThreadedClient client : clients) {
            List<Long> offsets = List.copyOf(client.offsets);
            assertEquals(ALL, offsets.size());
            for (int n = 0; n < ALL; n++) {
                assertEquals(n + 1, offsets.get(n));
            }
        }
    }

    @Test
    void endsItsThreadsAndStreamsWhenClosed() throws InterruptedException {
        Hub hub = hub(2);
        assertNull(hub.findOutage());
        List<ThreadedClient> clients = List.of(new ThreadedClient(), new ThreadedClient(), new ThreadedClient());
        clients.forEach(
                client -> hub.subscribe(TopicSelection.of(Set.of(TOPIC)), SubscribeRequest.NEW, client, client));
        hub.close();
        hub.close();

        for (ThreadedClient client : clients) {
            assertTrue(client.ended.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        }
        for (Thread thread : threads) {
            thread.join(TestDeadline.DURATION.toMillis());
            assertFalse(thread.isAlive());
        }
        assertEquals(0, hub.countSubscriptions());
        assertThrows(IllegalStateException.class, () -> hub.publish(Event.message(TOPIC, "late")));
        assertNotNull(hub.findOutage());
    }

    @Test
    void survivesAnInterrupt() throws InterruptedException {
        Hub hub = hub(1);
        threads.forEach(Thread::interrupt);
        ThreadedClient client = new ThreadedClient();
        hub.subscribe(TopicSelection.of(Set.of(TOPIC)), SubscribeRequest.NEW, client, client);
        for (int event = 0; event < ALL; event++) {
            hub.publish(Event.message(TOPIC, "x"));
        }

        assertTrue(client.gotAll.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        hub.close();
    }

    private Hub hub(int dispatchers) {
        Duration minute = Duration.ofMinutes(1);
        return new Hub(
                new MemoryLog("e", RetentionBounds.of(new WindowBounds(ALL, 1 << 24, minute)), System::nanoTime),
                new HubTimeouts(minute, minute, minute, null),
                new ReplayLimit(10_000, 1 << 24),
                System::nanoTime,
                new Random(1),
                Runnable::run,
                work -> {
                    Thread thread = new Thread(work);
                    threads.add(thread);
                    return thread;
                },
                dispatchers);
    }

    /**
     * A connection that is full after about every third write, and reports on another thread when it is writable again.
     */
    private final class ThreadedClient implements Connection, Subscription.EndListener {

        private final Queue<Long> offsets = new ConcurrentLinkedQueue<>();
        private final CountDownLatch gotAll = new CountDownLatch(ALL);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Random random = new Random(7);
        private volatile @Nullable Listener listener;

        @Override
        public void open(Listener newListener) {
            listener = newListener;
            others.execute(newListener::onWritable);
        }

        @Override
        public boolean write(Batch batch) {
            for (LogEntry entry : batch.entries()) {
                offsets.add(entry.offset());
                gotAll.countDown();
            }
            boolean room = random.nextInt(3) > 0;
            if (!room) {
                others.execute(listener::onWritable);
            }
            return room;
        }

        @Override
        public void close() {}

        @Override
        public void onEnd(@Nullable Throwable cause) {
            ended.countDown();
        }
    }
}
