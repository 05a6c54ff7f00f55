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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that lives as long as the process: a window for each topic, and a ring of the newest entries of all, by which
 * the log is followed in order. Appending takes a lock; reading takes none.
 */
public final class MemoryLog implements EventLog {

    private final String epoch;
    private final LongSupplier nanoTime;
    private final Windows windows;
    private final PublishedIds publishedIds = new PublishedIds();
    private final Ring ring;
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
        ring = new Ring(retention.whole().maxEvents());
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
            ring.put(entry);
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
        return offset + 1 > head ? null : ring.get(offset + 1);
    }

    @Override
    public List<Entry> read(Selection selection, long after, long upTo, int bytes) {
        if (isNear(selection, after)) {
            RingWalk walk = new RingWalk(ring, after, Math.max(after, Math.min(upTo, head)), windows.size());
            List<Entry> entries = read(walk, selection, bytes);
            if (!walk.gaveUp() && ring.hasAllAfter(after, head)) {
                return entries;
            }
        }
        return read(
                MergedTopics.forward(
                        windows.of(selection, after).map(window -> TopicReader.after(window, after, upTo))),
                selection,
                bytes);
    }

    private static List<Entry> read(Entries all, Selection selection, int bytes) {
        List<Entry> entries = new ArrayList<>();
        int read = 0;
        for (Entry next = all.next(); next != null; next = read < bytes ? all.next() : null) {
            if (next.isFor(selection)) {
                entries.add(next);
                read += next.frame().length;
            }
        }
        return entries;
    }

    @Override
    public long within(Selection selection, long after, ReplayLimit limit) {
        if (isNear(selection, after)) {
            RingWalk walk = new RingWalk(ring, Math.max(after, head) + 1, after + 1, windows.size());
            long within = within(walk, selection, after, limit);
            if (!walk.gaveUp() && ring.hasAllAfter(after, head)) {
                return within;
            }
        }
        return within(
                MergedTopics.backward(windows.of(selection, after).map(TopicReader::newest)), selection, after, limit);
    }

    private static long within(Entries all, Selection selection, long after, ReplayLimit limit) {
        int events = 0;
        long bytes = 0;
        for (Entry next = all.next(); next != null && next.offset() > after; next = all.next()) {
            if (next.isFor(selection)) {
                bytes += next.frame().length;
                if (events == limit.maxEvents() || (bytes > limit.maxBytes() && events > 0)) {
                    return next.offset();
                }
                events++;
            }
        }
        return after;
    }

    /**
     * Whether to try the ring first: patterns have to be matched with every topic there is before anything is read. As
     * many entries as there are topics cost no more than that.
     */
    private boolean isNear(Selection selection, long after) {
        return !selection.isExact() && ring.hasAllAfter(after, head);
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
        ring.remove(entry);
        if (entry.publishedId() != null) {
            publishedIds.remove(entry.publishedId());
        }
    }
}
