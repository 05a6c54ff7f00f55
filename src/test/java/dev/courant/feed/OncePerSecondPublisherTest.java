package dev.courant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.hub.Hub;
import dev.courant.hub.HubTimeouts;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verifies the publishers of two nodes with one log. */
class OncePerSecondPublisherTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Hub hub = new Hub(
            new MemoryLog("e", RetentionBounds.of(new WindowBounds(10, 1 << 20, MINUTE)), System::nanoTime),
            new HubTimeouts(MINUTE, MINUTE, MINUTE, null),
            new ReplayLimit(10, 1 << 20),
            System::nanoTime,
            new Random(1),
            Runnable::run,
            Thread::new,
            1);
    private long millis;
    private final OncePerSecondPublisher one = new OncePerSecondPublisher(hub, () -> millis + 700);
    private final OncePerSecondPublisher other = new OncePerSecondPublisher(hub, () -> millis + 100);

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void storesTheEventOfTheFirstNode() {
        EventId first = publish(one);
        assertEquals(first, publish(other));
        EventId second = publish(other);
        assertEquals(second, publish(one));
        assertEquals(2, hub.newestId().offset());
    }

    @Test
    void continuesWhenOneNodeStops() {
        publish(one);
        publish(other);
        publish(other);
        publish(other);
        assertEquals(3, hub.newestId().offset());
    }

    @Test
    void storesNothingOfANodeThatIsLate() {
        publish(one);
        publish(one);
        publish(other);
        assertEquals(2, hub.newestId().offset());
    }

    @Test
    void followsTheClockAfterAPause() {
        publish(one);
        millis += 600_000; // longer than keys are retained
        publish(one);
        EventId now = publish(one);
        publish(other);
        assertEquals(now, publish(other));
    }

    private static EventId publish(OncePerSecondPublisher turns) {
        return turns.publish(Event.message(new Topic("numbers"), "" + System.nanoTime()))
                .toCompletableFuture()
                .join();
    }
}
