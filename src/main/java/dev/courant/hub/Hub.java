package dev.courant.hub;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.WireFormat;
import dev.courant.log.EventLog;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Publishers in, subscribers out, one log between them. Safe for use by any thread; nothing here blocks but closing. */
public final class Hub implements AutoCloseable {

    /** More of an id than any of ours has is not repeated to the client. */
    private static final int MAX_ID_LENGTH = 256;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final EventLog log;
    private final Timing timing;
    private final RandomGenerator random;
    private final List<DispatcherThread> dispatchers;
    private final AtomicInteger next = new AtomicInteger(); // whose turn it is to take a subscription on

    /**
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     * @param random to spread the clients' reconnecting; safe for use by several threads
     * @param dispatchers how many threads deliver, 1 or more; no more than there are cores
     */
    public Hub(
            EventLog log,
            Timing timing,
            LongSupplier nanoTime,
            RandomGenerator random,
            ThreadFactory threads,
            int dispatchers) {
        this.log = log;
        this.timing = timing;
        this.random = random;
        this.dispatchers = Stream.generate(() -> new DispatcherThread(log, timing, nanoTime))
                .limit(dispatchers)
                .toList();
        this.dispatchers.forEach(dispatcher -> threads.newThread(dispatcher).start());
    }

    /**
     * Publishes an event to all who follow its topic.
     *
     * @return completes with the event's id once it is stored
     * @throws IllegalStateException once the hub is closed
     */
    public CompletionStage<EventId> publish(Event event) {
        return log.append(event);
    }

    /**
     * Subscribes a connection to topics: from now on, or from after an id that the client has seen. An id that cannot be
     * resumed from is answered by a gap event, never by silence. Once the hub is closed, the connection is closed at
     * once, so that its client reconnects.
     *
     * @param arrival names the id, if there is one
     */
    public Subscription subscribe(Set<Topic> topics, Arrival arrival, Connection connection, Subscription.Ended ended) {
        String lastEventId = arrival.lastEventId();
        EventId asked = lastEventId == null ? null : EventId.parse(lastEventId);
        boolean known = asked != null
                && log.holds(asked.offset())
                && log.idOf(asked.offset()).equals(asked);
        EventId start = asked != null && known ? asked : log.idOf(log.head());
        ByteArrayOutputStream opening = new ByteArrayOutputStream();
        opening.writeBytes(WireFormat.opening(retryMillis(), start, arrival.takesBlocksWithoutData()));
        if (lastEventId != null && !lastEventId.isEmpty() && !known) {
            String shown = lastEventId.substring(0, Math.min(lastEventId.length(), MAX_ID_LENGTH));
            opening.writeBytes(WireFormat.gap(shown, start));
        }
        int turn = Math.floorMod(next.getAndIncrement(), dispatchers.size());
        Dispatcher dispatcher = dispatchers.get(turn).dispatcher;
        Subscription subscription = new Subscription(
                Set.copyOf(topics),
                connection,
                dispatcher,
                start.offset(),
                Batch.control(opening.toByteArray()),
                ended);
        dispatcher.execute(() -> dispatcher.add(subscription));
        return subscription;
    }

    /** How many subscriptions there are. */
    public int subscriptions() {
        return dispatchers.stream().mapToInt(thread -> thread.dispatcher.size()).sum();
    }

    /** Refuses what is published from now on, writes what was, ends all streams, and waits a little for the threads. */
    @Override
    public void close() {
        log.close();
        dispatchers.forEach(DispatcherThread::stop);
        try {
            for (DispatcherThread dispatcher : dispatchers) {
                dispatcher.awaitStopped(STOP_WITHIN);
            }
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }

    private long retryMillis() {
        long base = timing.retry().toMillis();
        return base + random.nextLong(base + 1);
    }
}
