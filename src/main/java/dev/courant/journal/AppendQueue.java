package dev.courant.journal;

import dev.courant.event.EventId;
import dev.courant.event.WireFormat;
import dev.courant.log.EventTooLargeException;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import dev.courant.log.KeyedEvent;
import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import dev.courant.log.StreamPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The events that wait for the writer, in order, and the recent idempotency keys. Thread-safe. */
final class AppendQueue {

    private static final long MAX_BYTES = 64L << 20;
    private static final int MAX_BATCH_EVENTS = 4096;
    private static final int MAX_BATCH_BYTES = 512 << 10;

    private final LongSupplier nanoTime;
    private final long maxEventBytes;
    private final Deque<PendingEvent> pending = new ArrayDeque<>();
    private final IdempotencyKeys keys = new IdempotencyKeys();
    private long bytes;
    private boolean closed;

    AppendQueue(LongSupplier nanoTime, JournalBounds bounds) {
        this.nanoTime = nanoTime;
        maxEventBytes = bounds.maxEventBytes();
    }

    /** Adds the key of a stored event; the oldest first. */
    synchronized void addKey(IdempotencyKey key, EventId id, long at) {
        keys.put(key, CompletableFuture.completedFuture(id), at);
    }

    /** Returns the position of a publishing stream, as in {@link dev.courant.log.EventLog#findStream}. */
    synchronized @Nullable StreamPosition findStream(String key) {
        return keys.findStream(key);
    }

    /**
     * Adds an event, as in {@link dev.courant.log.EventLog#append}.
     *
     * @param before the event before it in its publishing stream, or {@code null}
     */
    CompletionStage<EventId> add(KeyedEvent next, @Nullable CompletionStage<EventId> before) {
        byte[] body = WireFormat.body(next.event());
        try {
            return add(new PendingEvent(next.event(), body, next.key(), before, new CompletableFuture<>()));
        } catch (LogException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private synchronized CompletionStage<EventId> add(PendingEvent next) {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
        IdempotencyKey key = next.key();
        CompletionStage<EventId> earlier = key == null ? null : keys.find(key, nanoTime.getAsLong());
        if (earlier != null) {
            return earlier;
        }
        if (next.body().length > maxEventBytes) {
            throw new EventTooLargeException("The journal takes events of " + maxEventBytes + " bytes at most.");
        }
        if (bytes > 0 && bytes + next.body().length > MAX_BYTES) {
            throw new LogUnavailableException("The disk does not keep up with the publications.");
        }
        bytes += next.body().length;
        StreamPosition position = key == null ? null : keys.findStream(key.key());
        pending.add(position == null ? next : next.withAfter(position.id()));
        if (key != null) {
            keys.put(key, next.stored(), nanoTime.getAsLong());
        }
        notifyAll();
        return next.stored();
    }

    /** Waits until there are events or the queue is closed, for a number of milliseconds at most. */
    @SuppressWarnings("WaitNotInLoop") // a spurious wakeup costs the writer one turn
    synchronized void await(long millis) {
        try {
            if (pending.isEmpty() && !closed) {
                wait(millis);
            }
        } catch (InterruptedException ignored) {
            // A server that stops interrupts its threads. The writer ends when the log is closed.
        }
    }

    /** Removes and returns the oldest events, if there are any. */
    synchronized List<PendingEvent> take(int maxEvents) {
        List<PendingEvent> taken = new ArrayList<>();
        int most = Math.min(maxEvents, MAX_BATCH_EVENTS);
        int size = 0;
        while (!pending.isEmpty() && taken.size() < most && size < MAX_BATCH_BYTES) {
            PendingEvent next = pending.remove();
            size += next.body().length;
            taken.add(next);
        }
        bytes -= size;
        return taken;
    }

    /** Refuses all further events. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Returns whether the queue is closed and empty. */
    synchronized boolean isFinished() {
        return closed && pending.isEmpty();
    }
}
