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
 * Publishers in, subscribers out, one log between them. Safe for use by any thread. Publishing and subscribing wait for
 * no client, but may wait for the log's disk or brokers.
 */
public final class Hub implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final EventLog log;
    private final HubTimeouts timeouts;
    private final ReplayLimit replayLimit;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final DispatcherGroup exactDispatchers;
    private final DispatcherGroup patternDispatchers; // of subscriptions with patterns, whose matching delays no other
    private volatile boolean closed;

    /**
     * @param limit how much a client that comes back is sent of what it missed
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     * @param random to spread the clients' reconnecting; safe for use by several threads
     * @param reading has threads of its own, for what may wait for a disk or a broker
     * @param dispatchers how many threads deliver, 1 or more; no more than there are cores. Half as many, but at least one,
     *     deliver to those who choose by patterns
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
     * Publishes an event to all who follow its topic.
     *
     * @return completes with the event's id once it is stored, or fails as {@link EventLog#append} does
     * @throws IllegalStateException once the hub is closed
     */
    public CompletionStage<EventId> publish(Event event) {
        return log.append(event);
    }

    /** The same, but however often an event is published under a key, it is stored once and has one id. */
    public CompletionStage<EventId> publish(Event event, IdempotencyKey key) {
        return log.append(event, key);
    }

    /**
     * Subscribes a connection to what is selected: from now on, from after an id that the client has seen, or from the
     * {@link Event#EARLIEST} on. An id that cannot be resumed from, or not without leaving something out, is answered by a
     * gap event, never by silence. Once the hub is closed, the connection is closed at once, so that its client
     * reconnects.
     *
     * @param arrival names the id, if there is one
     * @throws LogUnavailableException if it cannot be found out now where that is
     */
    public Subscription subscribe(
            TopicSelection selection, SubscribeRequest request, Connection connection, Subscription.EndListener onEnd) {
        StreamStart start = StreamStart.of(log, selection, request, replayLimit, timeouts.retryMillis(random));
        if (request.visibleHeartbeats()) { // the first says when to expect the next
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
     * The id of the newest event; of the offset 0 before the first.
     *
     * @throws LogUnavailableException as {@link EventLog#idOf}
     */
    public EventId newestId() {
        return log.idOf(log.head());
    }

    /** How many subscriptions there are. */
    public int countSubscriptions() {
        return allThreads().mapToInt(thread -> thread.dispatcher.size()).sum();
    }

    /** Why events cannot be published or followed now, in one line that everybody may read; {@code null} if they can. */
    public @Nullable String findOutage() {
        return closed ? "The server is stopping." : log.findOutage();
    }

    /**
     * Refuses what is published from now on, writes what was, ends all streams, and waits a little for the threads. Any
     * thread; a second call returns at once.
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
