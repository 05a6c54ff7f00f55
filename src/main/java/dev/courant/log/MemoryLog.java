package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.WireFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that lives as long as the process, in a ring of recent entries. Appending takes a lock; reading takes none: a
 * reader looks into the slot and believes the entry only if it carries the offset that was asked for.
 */
public final class MemoryLog implements EventLog {

    private final String epoch;
    private final Window window;
    private final LongSupplier nanoTime;
    private final long maxAgeNanos;
    private final AtomicReferenceArray<@Nullable Entry> ring;
    private final int mask;
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();

    private final ReentrantLock appending = new ReentrantLock();
    private long bytes; // of the entries in the window; guarded by appending
    private volatile long head; // written under appending, after the slot
    private volatile long floor; // every entry up to here is gone; written under appending, before the slot is cleared
    private volatile boolean closed;

    /**
     * @param epoch the name of this life of the log, as in {@link EventId}
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    public MemoryLog(String epoch, Window window, LongSupplier nanoTime) {
        this.epoch = epoch;
        this.window = window;
        this.nanoTime = nanoTime;
        maxAgeNanos = window.maxAge().toNanos();
        int slots = Integer.highestOneBit(Math.max(1, window.maxEvents() * 2 - 1));
        ring = new AtomicReferenceArray<>(slots);
        mask = slots - 1;
    }

    @Override
    public CompletionStage<EventId> append(Event event) {
        byte[] body = WireFormat.body(event);
        EventId id;
        appending.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the log is closed");
            }
            id = new EventId(epoch, head + 1);
            Entry entry = new Entry(id, event, WireFormat.frame(id, body), nanoTime.getAsLong());
            bytes += entry.frame().length;
            while (floor < head && (id.offset() - floor > window.maxEvents() || bytes > window.maxBytes())) {
                evict();
            }
            evictExpired(entry.storedAt());
            ring.set((int) id.offset() & mask, entry);
            head = id.offset();
        } finally {
            appending.unlock();
        }
        for (Runnable wake : wakes) {
            wake.run();
        }
        return CompletableFuture.completedFuture(id);
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public EventId idOf(long offset) {
        return new EventId(epoch, offset);
    }

    @Override
    public boolean holds(long offset) {
        return offset >= floor && offset <= head;
    }

    @Override
    public @Nullable Entry next(long offset) {
        while (true) {
            long next = Math.max(offset, floor) + 1;
            if (next > head) {
                return null;
            }
            Entry entry = ring.get((int) next & mask);
            if (entry != null && entry.offset() == next) {
                return entry;
            }
            // Evicted since the floor was read: the floor has moved on.
        }
    }

    @Override
    public void onAppend(Runnable wake) {
        wakes.add(wake);
    }

    @Override
    public void expire() {
        appending.lock();
        try {
            evictExpired(nanoTime.getAsLong());
        } finally {
            appending.unlock();
        }
    }

    @Override
    public void close() {
        appending.lock();
        try {
            closed = true;
        } finally {
            appending.unlock();
        }
    }

    private void evictExpired(long now) {
        while (floor < head && now - slot(floor + 1).storedAt() > maxAgeNanos) {
            evict();
        }
    }

    private void evict() {
        long gone = floor + 1;
        bytes -= slot(gone).frame().length;
        floor = gone;
        ring.set((int) gone & mask, null);
    }

    private Entry slot(long offset) {
        Entry entry = ring.get((int) offset & mask);
        if (entry == null) {
            throw new IllegalStateException("no entry at " + offset);
        }
        return entry;
    }
}
