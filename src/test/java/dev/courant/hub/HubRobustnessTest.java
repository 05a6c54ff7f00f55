package dev.courant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import dev.courant.support.TestDeadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Failures of listeners, servers or other clients do not affect other subscribers. */
class HubRobustnessTest {

    private final ThreadlessHub hub = new ThreadlessHub();

    @Test
    void deliversToAllOthersWhenAnEndListenerThrows() {
        RecordingConnection[] all = new RecordingConnection[4];
        for (int n = 0; n < 4; n++) {
            all[n] = hub.join("a");
        }
        RecordingConnection b = hub.join("b");
        RecordingConnection broken = new RecordingConnection();
        broken.failure = new IllegalStateException("gone");
        hub.hub.subscribe(TopicSelection.of(Set.of(new Topic("a"))), SubscribeRequest.NEW, broken, cause -> {
            throw new IllegalStateException("an application's onClose");
        });
        runTurns();
        hub.store("a", "1");
        hub.store("b", "1");
        runTurns();
        hub.store("a", "2");
        hub.store("b", "2");
        runTurns();
        for (RecordingConnection each : all) {
            assertEquals(List.of("1", "2"), each.data());
        }
        assertEquals(List.of("1", "2"), b.data());
    }

    @Test
    void deliversToOtherTopicsWhenAnEndListenerThrows() {
        RecordingConnection broken = new RecordingConnection();
        hub.hub.subscribe(TopicSelection.of(Set.of(new Topic("a"))), SubscribeRequest.NEW, broken, cause -> {
            throw new IllegalStateException("an application's onClose");
        });
        RecordingConnection b = hub.join("b");
        runTurns();
        broken.failure = new IllegalStateException("gone");
        hub.store("a", "1");
        hub.store("b", "1");
        runTurns();
        runTurns();
        hub.store("b", "2");
        runTurns();
        assertEquals(List.of("1", "2"), b.data());
    }

    @Test
    void deliversToAllOthersWhenAServerThrowsAnError() {
        RecordingConnection b = hub.join("b");
        RecordingConnection a = hub.join("a");
        RecordingConnection broken = hub.join("a");
        broken.failure = new OutOfMemoryError("thrown by a container");
        for (String data : new String[] {"1", "2"}) {
            hub.store("a", data);
            hub.store("b", data);
            runTurns();
        }
        assertEquals(List.of("1", "2"), a.data());
        assertEquals(List.of("1", "2"), b.data());
        assertEquals(1, broken.ends.size());
    }

    @Test
    void endsAllStreamsWhenAnEndListenerThrows() {
        hub.hub.subscribe(
                TopicSelection.of(Set.of(new Topic("a"))), SubscribeRequest.NEW, new RecordingConnection(), cause -> {
                    throw new IllegalStateException("an application's onClose");
                });
        RecordingConnection other = hub.join("a");
        hub.dispatchers.forEach(DispatcherThread::stop);
        runTurns();
        runTurns();
        assertEquals(1, other.ends.size());
    }

    @Test
    void writesPublishedEventsBeforeItStops() {
        RecordingConnection connection = hub.join("a");
        hub.store("a", "1");
        hub.dispatchers.forEach(DispatcherThread::stop);
        hub.runTurns();
        assertEquals(List.of("1"), connection.data());
    }

    @Test
    void closesNewStreamsAtOnceAfterItStopped() throws InterruptedException {
        Duration minute = Duration.ofMinutes(1);
        List<Thread> threads = new ArrayList<>();
        Hub real = new Hub(
                new MemoryLog("e", RetentionBounds.of(new WindowBounds(10, 1 << 20, minute)), System::nanoTime),
                new HubTimeouts(minute, minute, minute, null),
                new ReplayLimit(10_000, 1 << 24),
                System::nanoTime,
                new Random(1),
                Runnable::run,
                work -> {
                    threads.add(new Thread(work));
                    return threads.get(threads.size() - 1);
                },
                1);
        real.close();
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Connection late = new Connection() {
            @Override
            public void open(Listener listener) {}

            @Override
            public boolean write(Batch batch) {
                return true;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        real.subscribe(
                TopicSelection.of(Set.of(new Topic("a"))),
                SubscribeRequest.NEW,
                late,
                (@Nullable Throwable cause) -> ended.countDown());
        assertTrue(closed.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
        assertTrue(ended.await(TestDeadline.SECONDS, TimeUnit.SECONDS));
    }

    private void runTurns() {
        try {
            hub.runTurns();
        } catch (RuntimeException goesOn) {
            // like DispatcherThread
        }
    }
}
