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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A hub without threads: the test runs the turns of its dispatchers and advances the clock. */
final class ThreadlessHub {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    static final Duration STALL = Duration.ofSeconds(5);
    static final Duration RETRY = Duration.ofSeconds(1);

    private static final long STARTED_AT = Long.MAX_VALUE - 1_000_000_000; // close to the overflow

    final MemoryLog log;
    final Hub hub;
    final List<DispatcherThread> dispatchers = new ArrayList<>();
    private long now = STARTED_AT;

    ThreadlessHub() {
        this(new WindowBounds(1000, 1 << 24, Duration.ofHours(1)), 1);
    }

    ThreadlessHub(int maxEvents) {
        this(new WindowBounds(maxEvents, 1 << 24, Duration.ofHours(1)), 1);
    }

    ThreadlessHub(WindowBounds window, int dispatchers) {
        this(window, dispatchers, memory -> memory);
    }

    /** @param seenByHub wraps the log for the hub */
    ThreadlessHub(WindowBounds window, int dispatchers, UnaryOperator<EventLog> seenByHub) {
        this(window, dispatchers, seenByHub, new ReplayLimit(10_000, 1 << 24), null, Runnable::run);
    }

    /** @param historyExecutor runs the reads of the history */
    ThreadlessHub(EventLog log, Executor historyExecutor) {
        this(
                new WindowBounds(1, 1, Duration.ofHours(1)),
                1,
                unused -> log,
                new ReplayLimit(10_000, 1 << 24),
                null,
                historyExecutor);
    }

    /** Creates a hub with a replay limit and a maximum lifetime of streams. */
    ThreadlessHub(ReplayLimit limit, @Nullable Duration lifetime) {
        this(new WindowBounds(1000, 1 << 24, Duration.ofHours(1)), 1, memory -> memory, limit, lifetime, Runnable::run);
    }

    private ThreadlessHub(
            WindowBounds window,
            int dispatchers,
            UnaryOperator<EventLog> seenByHub,
            ReplayLimit limit,
            @Nullable Duration lifetime,
            Executor historyExecutor) {
        log = new MemoryLog(
                "e", RetentionBounds.of(window), () -> now, () -> wallClock().toEpochMilli());
        HubTimeouts timeouts = new HubTimeouts(HEARTBEAT, STALL, RETRY, lifetime);
        hub = new Hub(
                seenByHub.apply(log),
                timeouts,
                limit,
                () -> now,
                new Random(1),
                historyExecutor,
                this::createIdleThread,
                dispatchers);
    }

    /** Returns the time by the wall clock of the log. */
    Instant wallClock() {
        return Instant.EPOCH.plusNanos(now - STARTED_AT);
    }

    void runTurns() {
        dispatchers.forEach(this::runTurns);
    }

    void runTurns(DispatcherThread thread) {
        boolean more = true;
        while (more) {
            more = thread.dispatcher.runTurn();
        }
    }

    void advanceTime(Duration time) {
        now += time.toNanos();
        runTurns();
    }

    EventId store(String topic, String data) {
        return store(Event.message(new Topic(topic), data));
    }

    EventId store(Event event) {
        return hub.publish(event).toCompletableFuture().join();
    }

    EventId publish(String topic, String data) {
        EventId id = store(topic, data);
        runTurns();
        return id;
    }

    /** Subscribes to all of the topics, from the head. */
    RecordingConnection join(String... topics) {
        return join(new RecordingConnection(), null, topics);
    }

    RecordingConnection resume(String lastEventId, String... topics) {
        return join(new RecordingConnection(), lastEventId, topics);
    }

    RecordingConnection join(RecordingConnection connection, @Nullable String lastEventId, String... topics) {
        subscribe(connection, lastEventId, topics);
        runTurns();
        return connection;
    }

    Subscription subscribe(RecordingConnection connection, @Nullable String lastEventId, String... topics) {
        TopicSelection set =
                TopicSelection.of(Arrays.stream(topics).map(Topic::new).collect(Collectors.toSet()));
        return subscribe(connection, lastEventId, set);
    }

    Subscription subscribe(RecordingConnection connection, @Nullable String lastEventId, TopicSelection selection) {
        return hub.subscribe(
                selection,
                new SubscribeRequest(StartPosition.after(lastEventId), true, false, null, StreamFormat.PLAIN),
                connection,
                connection);
    }

    private Thread createIdleThread(Runnable dispatcher) {
        dispatchers.add((DispatcherThread) dispatcher);
        return new Thread(() -> {});
    }
}
