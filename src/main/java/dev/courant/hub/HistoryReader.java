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

    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventLog log;
    private final LongSupplier nanoTime;
    private final Executor reading;
    private final Consumer<Runnable> execute; // on the dispatcher's thread
    private final BiConsumer<List<Subscription>, Read> done;
    private final Map<Place, List<Subscription>> asked = new HashMap<>();
    private final Deque<Again> again = new ArrayDeque<>(); // what failed, the longest ago first

    /** @param done told, on the dispatcher's thread, what there is for whom */
    HistoryReader(
            EventLog log,
            LongSupplier nanoTime,
            Executor reading,
            Consumer<Runnable> execute,
            BiConsumer<List<Subscription>, Read> done) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.reading = reading;
        this.execute = execute;
        this.done = done;
    }

    /** Has what comes after a subscription's cursor read; until it is told, the subscription is left alone. */
    void read(Subscription subscription) {
        subscription.readingBack = true;
        Place place = new Place(subscription.audience, subscription.cursor, subscription.provenFrom);
        List<Subscription> same = asked.get(place);
        if (same != null) {
            same.add(subscription);
            return;
        }
        asked.put(place, new ArrayList<>(List.of(subscription)));
        start(place);
    }

    /** Tries again what failed a while ago. */
    void retry(long now) {
        for (Again first = again.peek(); first != null && now - first.since >= AGAIN_NANOS; first = again.peek()) {
            again.remove();
            List<Subscription> subscriptions = asked.getOrDefault(first.place, new ArrayList<>());
            subscriptions.removeIf(subscription -> subscription.over);
            if (subscriptions.isEmpty()) {
                asked.remove(first.place);
            } else {
                start(first.place);
            }
        }
    }

    private void start(Place place) {
        long upTo = place.audience.tip();
        try {
            reading.execute(() -> {
                Read read = read(place, upTo);
                execute.accept(() -> take(place, read));
            });
        } catch (RejectedExecutionException stopping) {
            take(place, new Read(null, stopping));
        }
    }

    /** A reading thread's. */
    private Read read(Place place, long upTo) {
        try {
            LogRange stretch = log.history().read(place.audience.selection, place.cursor, upTo, Audience.BATCH_BYTES);
            // Asked last: what was still there after reading was there while reading.
            long proven = Math.max(place.cursor, place.provenFrom);
            boolean whole = log.history().floor(place.audience.selection, proven) <= proven;
            return whole ? new Read(stretch, null) : new Read(null, new SlowClientException("fell out of the log"));
        } catch (RuntimeException | Error failed) {
            return new Read(null, failed);
        }
    }

    private void take(Place place, Read read) {
        if (read.failure instanceof LogUnavailableException) {
            LOG.log(Level.DEBUG, "What a stream missed cannot be read now", read.failure);
            again.add(new Again(place, nanoTime.getAsLong()));
            return;
        }
        List<Subscription> subscriptions = asked.remove(place);
        if (subscriptions != null) {
            subscriptions.forEach(subscription -> subscription.readingBack = false);
            done.accept(subscriptions, read);
        }
    }

    /** What was read, or why not. */
    record Read(@Nullable LogRange stretch, @Nullable Throwable failure) {

        /** {@code null} if there is nothing to write. */
        @Nullable
        Batch batch() {
            return stretch == null || stretch.entries().isEmpty() ? null : Batch.of(stretch.entries());
        }
    }

    private record Place(Audience audience, long cursor, long provenFrom) {}

    private record Again(Place place, long since) {}
}
