package dev.courant.journal;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.WireFormat;
import dev.courant.log.EventTooLargeException;
import dev.courant.log.IdempotencyKey;
import dev.courant.log.IdempotencyKeys;
import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is to be stored, in order: any thread adds, the writer takes. */
final class AppendQueue {

    /** Of an event. It is in memory a few times while it is stored. */
    private static final long MOST_EVENT_BYTES = 64L << 20;

    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_AT_ONCE = 4096;
    private static final int MOST_BYTES_AT_ONCE = 512 << 10;

    private final LongSupplier nanoTime;
    private final long mostEventBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<PendingEvent> pending = new ArrayDeque<>();
    private final IdempotencyKeys keys = new IdempotencyKeys();
    private long bytes;
    private boolean closed;

    /** @param bounds of which an event may take half, or it would push out all others, and itself */
    AppendQueue(LongSupplier nanoTime, JournalBounds bounds) {
        this.nanoTime = nanoTime;
        mostEventBytes = Math.min(MOST_EVENT_BYTES, bounds.maxBytes() / 2);
    }

    /** Remembers a key from before; the oldest first. */
    void remember(IdempotencyKey once, EventId id, long at) {
        lock.lock();
        try {
            keys.put(once, CompletableFuture.completedFuture(id), at);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link dev.courant.log.EventLog#append}. */
    CompletionStage<EventId> add(Event event, @Nullable IdempotencyKey once) {
        byte[] body = WireFormat.body(event);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the log is closed");
            }
            CompletionStage<EventId> before = once == null ? null : keys.find(once, nanoTime.getAsLong());
            return before == null ? add(new PendingEvent(event, body, once, new CompletableFuture<>())) : before;
        } catch (LogException refused) {
            return CompletableFuture.failedFuture(refused);
        } finally {
            lock.unlock();
        }
    }

    private CompletionStage<EventId> add(PendingEvent next) {
        if (next.body().length > mostEventBytes) {
            throw new EventTooLargeException("The journal takes events of " + mostEventBytes + " bytes at most.");
        }
        if (bytes > 0 && bytes + next.body().length > MOST_BYTES) {
            throw new LogUnavailableException("The disk does not keep up with what is published.");
        }
        bytes += next.body().length;
        pending.add(next);
        if (next.once() != null) {
            keys.put(next.once(), next.stored(), nanoTime.getAsLong());
        }
        added.signal();
        return next.stored();
    }

    /** Some of the oldest; none if there are none for so long. */
    List<PendingEvent> take(long nanos) {
        List<PendingEvent> taken = new ArrayList<>();
        lock.lock();
        try {
            long left = nanos;
            while (pending.isEmpty() && !closed && left > 0) {
                left = added.awaitNanos(left);
            }
            int size = 0;
            while (!pending.isEmpty() && taken.size() < MOST_AT_ONCE && size < MOST_BYTES_AT_ONCE) {
                PendingEvent next = pending.remove();
                size += next.body().length;
                taken.add(next);
            }
            bytes -= size;
        } catch (InterruptedException notOurEnd) {
            // A server that stops interrupts its threads; this one ends when the log is closed.
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /** Nothing is added any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is to be stored now, nor will be. */
    boolean isOver() {
        lock.lock();
        try {
            return closed && pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
