package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.WireFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A log in memory only. It has a window and no history. Its events are lost when the process ends. */
public final class MemoryLog extends WindowLog {

    private final String epoch;
    private final LongSupplier millis;
    private final IdempotencyKeys keys = new IdempotencyKeys(); // guarded by appendLock
    private boolean closed; // guarded by appendLock

    /**
     * @param epoch as in {@link EventId}
     * @param nanoTime a monotonic clock, like {@link System#nanoTime}
     */
    public MemoryLog(String epoch, RetentionBounds retention, LongSupplier nanoTime) {
        this(epoch, retention, nanoTime, System::currentTimeMillis);
    }

    /**
     * @param nanoTime a monotonic clock, like {@link System#nanoTime}
     * @param millis a wall clock, like {@link System#currentTimeMillis}
     */
    public MemoryLog(String epoch, RetentionBounds retention, LongSupplier nanoTime, LongSupplier millis) {
        super(retention, nanoTime);
        this.epoch = epoch;
        this.millis = millis;
        setEpochs(EpochHistory.of(epoch));
    }

    @Override
    public CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey key) {
        byte[] body = WireFormat.body(event);
        CompletionStage<EventId> stored;
        appendLock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The log is closed.");
            }
            long now = now();
            CompletionStage<EventId> earlier = key == null ? null : keys.find(key, now);
            if (earlier != null) {
                return earlier;
            }
            EventId id = new EventId(epoch, head() + 1);
            put(LogEntry.of(id.offset(), id, event, body, now, millis.getAsLong()));
            stored = CompletableFuture.completedFuture(id);
            if (key != null) {
                keys.put(key, stored, now);
            }
        } catch (LogException failure) {
            return CompletableFuture.failedFuture(failure);
        } finally {
            appendLock.unlock();
        }
        notifyListeners();
        return stored;
    }

    @Override
    public History history() {
        return History.NONE;
    }

    @Override
    public @Nullable String findOutage() {
        return null;
    }

    @Override
    public void close() {
        appendLock.lock();
        try {
            closed = true;
        } finally {
            appendLock.unlock();
        }
    }
}
