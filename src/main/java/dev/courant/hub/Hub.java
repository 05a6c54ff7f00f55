package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.ReplayLimit;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connection between publishers and subscribers, with one log between them. Publishing and subscribing do not wait
 * for any client, but may wait for the log's disk or brokers. Thread-safe.
 */
public final class Hub implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final EventLog log;
    private final HubTimeouts timeouts;
    private final ReplayLimit replayLimit;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final DispatcherGroup exactDispatchers;
    // A group of its own, so that pattern matching does not delay exact subscriptions.
    private final DispatcherGroup patternDispatchers;
    private volatile boolean closed;

    /**
     * @param replayLimit how much of the missed events a reconnecting client is sent
     * @param nanoTime a monotonic clock, like {@link System#nanoTime}
     * @param random spreads the reconnects of clients; must be thread-safe
     * @param historyExecutor runs reads that may wait for a disk or a broker, on threads of its own
     * @param dispatcherCount the number of dispatcher threads, 1 to the number of cores; half as many more, at least
     *     one, serve subscriptions with patterns
     */
    public Hub(
            EventLog log,
            HubTimeouts timeouts,
            ReplayLimit replayLimit,
            LongSupplier nanoTime,
            RandomGenerator random,
            Executor historyExecutor,
            ThreadFactory threadFactory,
            int dispatcherCount) {
        this.log = log;
        this.timeouts = timeouts;
        this.replayLimit = replayLimit;
        this.nanoTime = nanoTime;
        this.random = random;
        Supplier<DispatcherThread> newThread = () -> new DispatcherThread(log, timeouts, nanoTime, historyExecutor);
        exactDispatchers = new DispatcherGroup(newThread, dispatcherCount);
        patternDispatchers = new DispatcherGroup(newThread, (dispatcherCount + 1) / 2);
        allThreads().forEach(dispatcher -> threadFactory.newThread(dispatcher).start());
    }

    private Stream<DispatcherThread> allThreads() {
        return Stream.of(exactDispatchers, patternDispatchers).flatMap(group -> group.threads().stream());
    }

    /**
     * Publishes an event to all subscribers of its topics.
     *
     * @return completes with the id of the event once it is stored, or fails like {@link EventLog#append}
     * @throws IllegalStateException if the hub is closed
     */
    public CompletionStage<EventId> publish(Event event) {
        return log.append(event);
    }

    /**
     * Publishes an event under an idempotency key. Repetitions with the same key are stored once and return the same
     * id.
     */
    public CompletionStage<EventId> publish(Event event, IdempotencyKey key) {
        return log.append(event, key);
    }

    /**
     * Subscribes a connection to the selected topics. The stream starts at the head, after an id that the client has
     * seen, or at {@link Event#EARLIEST}. If events after that id are missing, or the id is unknown, the stream starts
     * with a gap event. After the hub is closed, the connection is closed at once, so that its client reconnects.
     *
     * @param request names the last id that the client has seen, if any
     * @throws LogUnavailableException if the start cannot be determined now
     */
    public Subscription subscribe(
            TopicSelection selection, SubscribeRequest request, Connection connection, Subscription.EndListener onEnd) {
        StreamStart start = StreamStart.of(log, selection, request, replayLimit, timeouts.retryMillis(random));
        if (request.visibleHeartbeats()) { // the first heartbeat states when to expect the next
            start = start.appendControl(WireFormat.visibleHeartbeat(timeouts.heartbeat()));
        }
        Dispatcher dispatcher = (selection.weight() == 0 ? exactDispatchers : patternDispatchers).next();
        long now = nanoTime.getAsLong();
        Long endsAt = timeouts.endsAt(now, request.maxDuration(), random);
        Subscription subscription = new Subscription(
                selection,
                request,
                connection,
                dispatcher,
                start,
                endsAt,
                timeouts.announceExpiryAt(now, request.maxDuration(), endsAt),
                onEnd);
        dispatcher.execute(() -> dispatcher.add(subscription));
        return subscription;
    }

    /**
     * Returns the id of the newest event, or the id of offset 0 if there is none.
     *
     * @throws LogUnavailableException if the log does not know its ids yet
     */
    public EventId newestId() {
        return log.idOf(log.head());
    }

    /** Returns the number of subscriptions. */
    public int countSubscriptions() {
        return allThreads().mapToInt(thread -> thread.dispatcher.size()).sum();
    }

    /**
     * Returns why events cannot be published or followed now, in one line without secrets, or {@code null} if they can.
     */
    public @Nullable String findOutage() {
        return closed ? "The server is stopping." : log.findOutage();
    }

    /**
     * Rejects further events, writes the stored ones, ends all streams, and waits for the dispatchers, at most {@link
     * #STOP_TIMEOUT} for each. A second call returns at once.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        log.close();
        allThreads().forEach(DispatcherThread::stop);
        try {
            for (DispatcherThread dispatcher : allThreads().toList()) {
                dispatcher.awaitStopped(STOP_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
