package dev.courant.hub;

import dev.courant.log.EventLog;
import dev.courant.log.LogRange;
import dev.courant.log.LogUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader of entries that were evicted from the window, in the log's history. Each read returns about one batch, on a
 * thread that may wait for a disk or a broker. Subscriptions of an audience with the same cursor share a read. Not
 * thread-safe; used by the dispatcher thread only, except where noted.
 */
final class HistoryReader {

    private static final Logger LOG = System.getLogger(HistoryReader.class.getName());

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventLog log;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Consumer<Runnable> dispatcher; // runs work on the dispatcher thread
    private final BiConsumer<List<Subscription>, ReadResult> listener;
    private final Map<ReadPosition, List<Subscription>> pending = new HashMap<>();
    private final Deque<FailedRead> failed = new ArrayDeque<>(); // oldest failure first

    /** @param listener called on the dispatcher thread, with the subscriptions that share a read and its result */
    HistoryReader(
            EventLog log,
            LongSupplier nanoTime,
            Executor executor,
            Consumer<Runnable> dispatcher,
            BiConsumer<List<Subscription>, ReadResult> listener) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.executor = executor;
        this.dispatcher = dispatcher;
        this.listener = listener;
    }

    /**
     * Starts to read the entries after a subscription's cursor. The dispatcher must not advance the subscription before
     * the listener is called.
     */
    void read(Subscription subscription) {
        ReadPosition position = new ReadPosition(subscription.audience, subscription.cursor, subscription.checkedFrom);
        List<Subscription> same = pending.get(position);
        if (same != null) {
            same.add(subscription);
            return;
        }
        pending.put(position, new ArrayList<>(List.of(subscription)));
        start(position);
    }

    /** Retries the reads whose failure is at least {@link #RETRY_NANOS} ago. */
    void retry(long now) {
        for (FailedRead first = failed.peek();
                first != null && now - first.since >= RETRY_NANOS;
                first = failed.peek()) {
            failed.remove();
            List<Subscription> subscriptions = pending.getOrDefault(first.position, new ArrayList<>());
            subscriptions.removeIf(subscription -> subscription.state() == SubscriptionState.ENDED);
            if (subscriptions.isEmpty()) {
                pending.remove(first.position);
            } else {
                start(first.position);
            }
        }
    }

    private void start(ReadPosition position) {
        long upTo = position.audience.newestOffset();
        try {
            executor.execute(() -> {
                ReadResult result = read(position, upTo);
                dispatcher.accept(() -> complete(position, result));
            });
        } catch (RejectedExecutionException stopping) {
            complete(position, new ReadResult(null, null, stopping, 0));
        }
    }

    /** Runs on a thread of the executor. */
    private ReadResult read(ReadPosition position, long upTo) {
        try {
            LogRange range =
                    log.history().read(position.audience.selection, position.cursor, upTo, Audience.BATCH_BYTES);
            if (range.upTo() <= position.cursor) { // without the pause before the retry, this would be an endless loop
                throw new LogUnavailableException("A read of the history returned nothing.");
            }
            // Read the floor after the entries: an entry that was retained after the read was retained during it.
            long checkedFrom = Math.max(position.cursor, position.checkedFrom);
            long floor = log.history().floor(position.audience.selection, checkedFrom);
            return floor <= checkedFrom
                    ? ReadResult.of(range, position.audience)
                    : new ReadResult(
                            null,
                            null,
                            new SlowClientException("The client is too slow: its next event was evicted from the log."),
                            floor);
        } catch (RuntimeException | Error failure) {
            return new ReadResult(null, null, failure, 0);
        }
    }

    private void complete(ReadPosition position, ReadResult result) {
        if (result.failure instanceof LogUnavailableException) {
            LOG.log(Level.DEBUG, "Cannot read the events that a client missed; trying again in 1 s", result.failure);
            failed.add(new FailedRead(position, nanoTime.getAsLong()));
            return;
        }
        List<Subscription> subscriptions = pending.remove(position);
        if (subscriptions != null) {
            subscriptions.removeIf(subscription -> subscription.state() == SubscriptionState.ENDED);
            listener.accept(subscriptions, result);
        }
    }

    /**
     * The range that was read, or the failure; the other one is {@code null}.
     *
     * @param batch the batch to write, or {@code null} if the range has no entries
     * @param floor the offset up to which events may have been evicted, if this is the failure
     */
    record ReadResult(
            @Nullable LogRange range,
            @Nullable Batch batch,
            @Nullable Throwable failure,
            long floor) {

        static ReadResult of(LogRange range, Audience audience) {
            if (range.entries().isEmpty()) {
                return new ReadResult(range, null, null, 0);
            }
            Batch batch = audience.joinUncached(range.entries());
            boolean all = batch.entries().size() == range.entries().size();
            LogRange written = all ? range : new LogRange(batch.entries(), batch.lastOffset());
            return new ReadResult(written, batch, null, 0);
        }
    }

    private record ReadPosition(Audience audience, long cursor, long checkedFrom) {}

    private record FailedRead(ReadPosition position, long since) {}
}
