package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Selection;
import dev.courant.event.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that lives as long as the process: a window for each topic, and a ring of the newest entries of all, by which
 * the log is followed in order. Appending takes a lock; reading takes none.
 */
public final class MemoryLog implements EventLog {

    /** Who follows the log and falls further behind than this reads on from the windows of its topics. */
    private static final int MOST_SLOTS = 1 << 16;

    private final String epoch;
    private final LongSupplier nanoTime;
    private final Windows windows;
    private final PublishedIds publishedIds = new PublishedIds();
    private final AtomicReferenceArray<@Nullable Entry> ring;
    private final int mask;
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();

    private final ReentrantLock appending = new ReentrantLock();
    private volatile long head; // written under appending, after the entry is where readers look for it
    private volatile boolean closed;

    /**
     * @param epoch the name of this life of the log, as in {@link EventId}
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    public MemoryLog(String epoch, Retention retention, LongSupplier nanoTime) {
        this.epoch = epoch;
        this.nanoTime = nanoTime;
        windows = new Windows(retention, this::gone);
        int most = Math.min(retention.whole().maxEvents(), MOST_SLOTS);
        int slots = Integer.highestOneBit(Math.max(1, most * 2 - 1));
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
            String published = event.id();
            byte[] frame = WireFormat.frame(published == null ? id.toString() : published, body);
            Entry entry =
                    new Entry(id.offset(), event.topics(), event.restricted(), published, frame, nanoTime.getAsLong());
            windows.add(entry);
            if (published != null) {
                publishedIds.add(published, id.offset());
            }
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
    public OptionalLong find(String id) {
        EventId parsed = EventId.parse(id);
        if (parsed == null) {
            return publishedIds.find(id);
        }
        boolean known = parsed.epoch().equals(epoch) && parsed.offset() <= head;
        return known ? OptionalLong.of(parsed.offset()) : OptionalLong.empty();
    }

    @Override
    public long floor(Selection selection, long from) {
        return windows.floor(selection, from);
    }

    @Override
    public @Nullable Entry next(long offset) {
        long next = offset + 1;
        Entry entry = next > head ? null : ring.get((int) next & mask);
        return entry != null && entry.offset() == next ? entry : null;
    }

    @Override
    public List<Entry> read(Selection selection, long after, long upTo, int bytes) {
        MergedTopics merged = MergedTopics.forward(
                windows.of(selection, after).map(window -> TopicReader.after(window, after, upTo)));
        List<Entry> entries = new ArrayList<>();
        int read = 0;
        for (Entry next = merged.next(); next != null; next = read < bytes ? merged.next() : null) {
            if (next.isReadableBy(selection)) {
                entries.add(next);
                read += next.frame().length;
            }
        }
        return entries;
    }

    @Override
    public long within(Selection selection, long after, ReplayLimit limit) {
        MergedTopics merged = MergedTopics.backward(windows.of(selection, after).map(TopicReader::newest));
        int events = 0;
        long bytes = 0;
        for (Entry next = merged.next(); next != null && next.offset() > after; next = merged.next()) {
            if (next.isReadableBy(selection)) {
                bytes += next.frame().length;
                if (events == limit.maxEvents() || (bytes > limit.maxBytes() && events > 0)) {
                    return next.offset();
                }
                events++;
            }
        }
        return after;
    }

    @Override
    public void onAppend(Runnable wake) {
        wakes.add(wake);
    }

    @Override
    public void expire() {
        appending.lock();
        try {
            windows.expire(nanoTime.getAsLong());
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

    /** How many topics something is held of. */
    int topics() {
        return windows.size();
    }

    private void gone(Entry entry) {
        ring.compareAndSet((int) entry.offset() & mask, entry, null);
        if (entry.publishedId() != null) {
            publishedIds.remove(entry.publishedId());
        }
    }
}
