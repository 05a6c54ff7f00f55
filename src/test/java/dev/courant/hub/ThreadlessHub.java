package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.MemoryLog;
import dev.courant.log.ReplayLimit;
import dev.courant.log.RetentionBounds;
import dev.courant.log.WindowBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A hub without threads: its dispatchers turn when the test says so, on a clock that the test moves. */
final class ThreadlessHub {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    static final Duration STALL = Duration.ofSeconds(5);
    static final Duration RETRY = Duration.ofSeconds(1);

    final MemoryLog log;
    final Hub hub;
    final List<DispatcherThread> dispatchers = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000_000_000; // a monotonic clock may wrap round

    ThreadlessHub() {
        this(new WindowBounds(1000, 1 << 24, Duration.ofHours(1)), 1);
    }

    ThreadlessHub(int maxEvents) {
        this(new WindowBounds(maxEvents, 1 << 24, Duration.ofHours(1)), 1);
    }

    ThreadlessHub(WindowBounds window, int dispatchers) {
        this(window, dispatchers, memory -> memory);
    }

    /** @param seenByHub what the hub gets to see of the log */
    ThreadlessHub(WindowBounds window, int dispatchers, UnaryOperator<EventLog> seenByHub) {
        this(window, dispatchers, seenByHub, new ReplayLimit(10_000, 1 << 24), null, Runnable::run);
    }

    /** @param reading what may wait is done when it says so */
    ThreadlessHub(EventLog log, Executor reading) {
        this(
                new WindowBounds(1, 1, Duration.ofHours(1)),
                1,
                unused -> log,
                new ReplayLimit(10_000, 1 << 24),
                null,
                reading);
    }

    /** With a limit to what is replayed, and to how long streams live. */
    ThreadlessHub(ReplayLimit limit, @Nullable Duration lifetime) {
        this(new WindowBounds(1000, 1 << 24, Duration.ofHours(1)), 1, memory -> memory, limit, lifetime, Runnable::run);
    }

    private ThreadlessHub(
            WindowBounds window,
            int dispatchers,
            UnaryOperator<EventLog> seenByHub,
            ReplayLimit limit,
            @Nullable Duration lifetime,
            Executor reading) {
        log = new MemoryLog("e", RetentionBounds.of(window), () -> now);
        HubTimeouts timing = new HubTimeouts(HEARTBEAT, STALL, RETRY, lifetime);
        hub = new Hub(seenByHub.apply(log), timing, limit, () -> now, new Random(1), reading, this::idle, dispatchers);
    }

    void turn() {
        dispatchers.forEach(this::turn);
    }

    void turn(DispatcherThread thread) {
        boolean more = true;
        while (more) {
            more = thread.dispatcher.runTurn();
        }
    }

    void pass(Duration time) {
        now += time.toNanos();
        turn();
    }

    EventId store(String topic, String data) {
        return store(Event.message(new Topic(topic), data));
    }

    EventId store(Event event) {
        return hub.publish(event).toCompletableFuture().join();
    }

    EventId publish(String topic, String data) {
        EventId id = store(topic, data);
        turn();
        return id;
    }

    /** Joins from now on, to all of the topics. */
    RecordingConnection join(String... topics) {
        return join(new RecordingConnection(), null, topics);
    }

    RecordingConnection resume(String lastEventId, String... topics) {
        return join(new RecordingConnection(), lastEventId, topics);
    }

    RecordingConnection join(RecordingConnection connection, @Nullable String lastEventId, String... topics) {
        subscribe(connection, lastEventId, topics);
        turn();
        return connection;
    }

    Subscription subscribe(RecordingConnection connection, @Nullable String lastEventId, String... topics) {
        TopicSelection set =
                TopicSelection.of(Arrays.stream(topics).map(Topic::new).collect(Collectors.toSet()));
        return subscribe(connection, lastEventId, set);
    }

    Subscription subscribe(RecordingConnection connection, @Nullable String lastEventId, TopicSelection selection) {
        return hub.subscribe(selection, new SubscribeRequest(lastEventId, true, false, null), connection, connection);
    }

    private Thread idle(Runnable dispatcher) {
        dispatchers.add((DispatcherThread) dispatcher);
        return new Thread(() -> {});
    }
}
