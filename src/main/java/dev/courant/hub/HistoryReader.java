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
 * Reads what the window no longer holds, a stretch at a time, on threads that may wait for a disk or a broker. Those of
 * an audience that stand at the same place share what is read. All else is its dispatcher's thread's.
 */
final class HistoryReader {

    private static final Logger LOG = System.getLogger(HistoryReader.class.getName());

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventLog log;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final Consumer<Runnable> dispatcher; // on the dispatcher's thread
    private final BiConsumer<List<Subscription>, ReadResult> listener;
    private final Map<ReadPosition, List<Subscription>> pending = new HashMap<>();
    private final Deque<FailedRead> failed = new ArrayDeque<>(); // what failed, the longest ago first

    /** @param done told, on the dispatcher's thread, what there is for whom */
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

    /** Has what comes after a subscription's cursor read; until it is told, the subscription is left alone. */
    void read(Subscription subscription) {
        subscription.readingHistory = true;
        ReadPosition position = new ReadPosition(subscription.audience, subscription.cursor, subscription.checkedFrom);
        List<Subscription> same = pending.get(position);
        if (same != null) {
            same.add(subscription);
            return;
        }
        pending.put(position, new ArrayList<>(List.of(subscription)));
        start(position);
    }

    /** Tries again what failed a while ago. */
    void retry(long now) {
        for (FailedRead first = failed.peek();
                first != null && now - first.since >= RETRY_NANOS;
                first = failed.peek()) {
            failed.remove();
            List<Subscription> subscriptions = pending.getOrDefault(first.position, new ArrayList<>());
            subscriptions.removeIf(subscription -> subscription.ended);
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
            complete(position, new ReadResult(null, stopping));
        }
    }

    /** A reading thread's. */
    private ReadResult read(ReadPosition position, long upTo) {
        try {
            LogRange range =
                    log.history().read(position.audience.selection, position.cursor, upTo, Audience.BATCH_BYTES);
            // Asked last: what was still there after reading was there while reading.
            long checkedFrom = Math.max(position.cursor, position.checkedFrom);
            boolean complete = log.history().floor(position.audience.selection, checkedFrom) <= checkedFrom;
            return complete
                    ? new ReadResult(range, null)
                    : new ReadResult(null, new SlowClientException("fell out of the log"));
        } catch (RuntimeException | Error failure) {
            return new ReadResult(null, failure);
        }
    }

    private void complete(ReadPosition position, ReadResult result) {
        if (result.failure instanceof LogUnavailableException) {
            LOG.log(Level.DEBUG, "What a stream missed cannot be read now", result.failure);
            failed.add(new FailedRead(position, nanoTime.getAsLong()));
            return;
        }
        List<Subscription> subscriptions = pending.remove(position);
        if (subscriptions != null) {
            subscriptions.forEach(subscription -> subscription.readingHistory = false);
            listener.accept(subscriptions, result);
        }
    }

    /** What was read, or why not. */
    record ReadResult(@Nullable LogRange range, @Nullable Throwable failure) {

        /** {@code null} if there is nothing to write. */
        @Nullable
        Batch batch() {
            return range == null || range.entries().isEmpty() ? null : Batch.of(range.entries());
        }
    }

    private record ReadPosition(Audience audience, long cursor, long checkedFrom) {}

    private record FailedRead(ReadPosition position, long since) {}
}
