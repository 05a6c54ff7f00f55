package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import dev.courant.log.EventPipe;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.ReplayLimit;
import dev.courant.log.TopicEndedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entry point for publishers and subscribers of one log. Publishing and subscribing may wait for the log's disk or
 * broker, but never for a client. Thread-safe.
 */
public final class Hub implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final EventLog log;
    private final HubTimeouts timeouts;
    private final ReplayLimit replayLimit;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Executor historyExecutor;
    private final DispatcherGroup exactDispatchers;
    // a separate group, so that pattern matching does not delay exact subscriptions
    private final DispatcherGroup patternDispatchers;
    private volatile boolean closed;

    /**
     * @param replayLimit the maximum size of a replay
     * @param nanoTime a monotonic clock, like {@link System#nanoTime}
     * @param random source of random reconnection times and stream durations; must be thread-safe
     * @param historyExecutor runs reads of the history, which may wait for a disk or a broker
     * @param dispatcherCount the number of dispatcher threads for exact subscriptions, at least 1. Subscriptions with
     *     patterns have half as many, rounded up
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
        this.historyExecutor = historyExecutor;
        Supplier<DispatcherThread> newThread =
                () -> new DispatcherThread(log, timeouts, nanoTime, historyExecutor, threadFactory);
        exactDispatchers = new DispatcherGroup(newThread, dispatcherCount);
        patternDispatchers = new DispatcherGroup(newThread, (dispatcherCount + 1) / 2);
        allThreads().forEach(DispatcherThread::start);
    }

    private Stream<DispatcherThread> allThreads() {
        return Stream.of(exactDispatchers, patternDispatchers).flatMap(group -> group.threads().stream());
    }

    /**
     * Publishes an event to all subscribers of its topics.
     *
     * @return the stage of {@link EventLog#append}: it completes with the id of the event once the event is stored
     * @throws IllegalStateException if the hub is closed
     */
    public CompletionStage<EventId> publish(Event event) {
        return log.append(event);
    }

    /**
     * Publishes an event with an idempotency key. A repetition with the same key returns the same id and is not stored
     * again.
     */
    public CompletionStage<EventId> publish(Event event, IdempotencyKey key) {
        return log.append(event, key);
    }

    /**
     * Ends a topic with a last public event. The streams of its subscribers end after this event, unless they have other
     * topics that have not ended. Further events are refused with a {@link TopicEndedException}.
     *
     * @param lastData the data of the event, may be empty
     */
    public CompletionStage<EventId> end(Topic topic, String lastData) {
        return log.append(Event.end(List.of(topic), false, null, lastData));
    }

    /**
     * Publishes each item as the data of an event, in order. Requests further items only while the log keeps up. After a
     * failure of the log, cancels the subscription and publishes no further item.
     *
     * @return completes when all items are stored or a failure has occurred, with their number, the last id and the failure
     */
    public CompletionStage<EventPipe.Progress> pipe(Topic topic, Flow.Publisher<String> data) {
        PipeSubscriber subscriber = new PipeSubscriber(topic, log, historyExecutor);
        data.subscribe(subscriber);
        return subscriber.end();
    }

    /** Publishes each item as {@link #pipe(Topic, Flow.Publisher)} does. Waits on the calling thread for the log. */
    public EventPipe.Progress pipe(Topic topic, Stream<String> data) {
        Semaphore stored = new Semaphore(0);
        EventPipe pipe = new EventPipe(log, historyExecutor, stored::release);
        Iterator<String> items = data.iterator();
        while (pipe.progress().failure() == null && items.hasNext()) {
            pipe.add(Event.message(topic, items.next()));
            pipe.flush();
            while (!pipe.hasRoom()) {
                stored.acquireUninterruptibly();
            }
        }
        while (!pipe.isIdle()) {
            stored.acquireUninterruptibly();
        }
        return pipe.progress();
    }

    /**
     * Subscribes a connection to the selected topics. The stream starts at the head. If the request contains a last
     * event id, the stream starts after that id; {@link Event#EARLIEST} stands for the oldest retained event. If events
     * after the id are missing, or the id is unknown, the stream starts with a gap event. After the hub is closed, the
     * connection is closed at once, so that its client reconnects.
     *
     * @param request the last event id of the client, if any, and the kind of stream that it needs
     * @throws LogUnavailableException if the log cannot be read now
     * @throws StreamEndedException if all topics have ended, and the client has received the last event
     */
    public Subscription subscribe(
            TopicSelection selection, SubscribeRequest request, Connection connection, Subscription.EndListener onEnd) {
        StreamStart start = StreamStart.of(log, selection, request, replayLimit, timeouts.retryMillis(random));
        if (request.visibleHeartbeats()) { // the first heartbeat contains the time until the next
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
     * Reads retained events; may wait for the log's disk or broker. A page ends after a number or a size of events, or after
     * two seconds.
     *
     * @param after the id of the event before the page; {@link Event#EARLIEST} for the first page, {@code null} for the
     *     newest events
     * @param maxEvents 1 or more. The replay limit of the hub applies too
     * @throws LogUnavailableException if the log cannot be read now
     */
    public HistoryPage readHistory(TopicSelection selection, @Nullable String after, int maxEvents) {
        return HistoryPage.read(log, selection, after, replayLimit.withMaxEvents(maxEvents), nanoTime);
    }

    /**
     * Returns the id of the newest event, or the id of offset 0 if there is none.
     *
     * @throws LogUnavailableException if the log has not read its epochs yet
     */
    public EventId newestId() {
        return log.idOf(log.head());
    }

    /** Returns the number of subscriptions. */
    public int countSubscriptions() {
        return allThreads().mapToInt(thread -> thread.dispatcher.size()).sum();
    }

    /**
     * Returns the reason, in one line without secrets, why events cannot be published or delivered now; {@code null} if
     * they can.
     */
    public @Nullable String findOutage() {
        return closed ? "The server is stopping." : log.findOutage();
    }

    /**
     * Closes the log, which rejects further events. Then writes the stored events, ends all streams, and waits for each
     * dispatcher, at most {@link #STOP_TIMEOUT}. A second call returns at once.
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
                dispatcher.join(STOP_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
