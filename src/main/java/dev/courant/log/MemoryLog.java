package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.WireFormat;
import java.util.ArrayList;
import java.util.List;
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
        return appendAll(List.of(new KeyedEvent(event, key))).get(0);
    }

    /** {@inheritDoc} Takes the lock, and notifies the listeners, once for all events. */
    @Override
    public List<CompletionStage<EventId>> appendAll(List<KeyedEvent> events) {
        List<byte[]> bodies =
                events.stream().map(next -> WireFormat.body(next.event())).toList();
        List<CompletionStage<EventId>> stages = new ArrayList<>(events.size());
        appendLock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The log is closed.");
            }
            long now = now();
            for (int i = 0; i < bodies.size(); i++) {
                stages.add(append(events.get(i), bodies.get(i), now));
            }
        } catch (LogException failure) {
            stages.add(CompletableFuture.failedFuture(failure));
        } finally {
            appendLock.unlock();
        }
        notifyListeners();
        return stages;
    }

    private CompletionStage<EventId> append(KeyedEvent next, byte[] body, long now) {
        IdempotencyKey key = next.key();
        CompletionStage<EventId> earlier = key == null ? null : keys.find(key, now);
        if (earlier != null) {
            return earlier;
        }
        if (hasEnded(next.event().topics())) {
            throw new TopicEndedException();
        }
        EventId id = new EventId(epoch, head() + 1);
        put(LogEntry.of(id.offset(), id, next.event(), body, now, millis.getAsLong()));
        CompletionStage<EventId> stored = CompletableFuture.completedFuture(id);
        if (key != null) {
            keys.put(key, stored, now);
        }
        return stored;
    }

    @Override
    public @Nullable StreamPosition findStream(String key) {
        appendLock.lock();
        try {
            return keys.findStream(key);
        } finally {
            appendLock.unlock();
        }
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
