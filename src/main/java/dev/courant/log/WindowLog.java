package dev.courant.log;

import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The window of a log: one for each topic, and a ring of the newest entries of all, by which the log is followed in
 * order. Putting takes a lock; reading takes none.
 */
public abstract class WindowLog implements EventLog {

    private static final int MOST_PASSED_ONE_BY_ONE = 1000;

    /** Held by whoever puts. */
    protected final ReentrantLock putting = new ReentrantLock();

    private final LongSupplier nanoTime;
    private final TopicWindows windows;
    private final PublisherIdIndex publishedIds = new PublisherIdIndex();
    private final EntryRing ring;
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private volatile long head; // written under putting, after the entry is where readers look for it
    private volatile @Nullable EpochHistory epochs;

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    protected WindowLog(EvictionPolicy retention, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        windows = new TopicWindows(retention, this::gone);
        ring = new EntryRing(retention.whole().maxEvents());
    }

    /** The time on this log's clock. */
    protected final long now() {
        return nanoTime.getAsLong();
    }

    // ---- for those that hold the lock ----

    /** Adds an entry, whose offset is greater than the {@link #head}; {@link #wake} has to follow, without the lock. */
    protected final void put(LogEntry stored) {
        LogEntry entry = stored.withTopics(windows.shared(stored.topics()));
        passOver(entry.offset() - 1);
        windows.add(entry);
        if (entry.publishedId() != null) {
            publishedIds.add(entry.publishedId(), entry);
        }
        ring.put(entry);
        head = entry.offset();
    }

    /** Moves the head on, over offsets that no event has or will have. */
    protected final void passOver(long upTo) {
        if (upTo - head > MOST_PASSED_ONE_BY_ONE) {
            head = upTo; // who follows misses entries here, and reads on from the window
        }
        for (long next = head + 1; next <= upTo; next++) {
            ring.put(LogEntry.none(next));
            head = next;
        }
    }

    /** Empties the window: everything up to an offset may be gone from it, and is not put any more. */
    protected final void lose(long upTo) {
        windows.lose(upTo);
        head = Math.max(head, upTo);
    }

    /** From now on ids are these. */
    protected final void name(EpochHistory now) {
        epochs = now;
    }

    // ---- any thread's ----

    /** Tells those who follow the log that there is something new. */
    protected final void wake() {
        for (Runnable wake : wakes) {
            wake.run();
        }
    }

    /**
     * What ids are.
     *
     * @throws LogUnavailableException if that is not known yet
     */
    protected final EpochHistory epochs() {
        EpochHistory known = epochs;
        if (known == null) {
            throw new LogUnavailableException("The log has not been reached yet.");
        }
        return known;
    }

    @Override
    public final long head() {
        return head;
    }

    @Override
    public final EventId idOf(long offset) {
        return epochs().idOf(offset);
    }

    @Override
    public OptionalLong find(String id, TopicSelection reader) {
        EventId parsed = EventId.parse(id);
        if (parsed != null) {
            return epochs().find(parsed, head);
        }
        OptionalLong recent = publishedIds.find(id, reader);
        return recent.isPresent() ? recent : history().find(id, reader);
    }

    @Override
    public final long findEndOfEpoch(String id) {
        EventId parsed = EventId.parse(id);
        return parsed == null ? 0 : epochs().endOf(parsed);
    }

    @Override
    public final long floor(TopicSelection selection, long from) {
        return windows.floor(selection, from);
    }

    @Override
    public final @Nullable LogEntry next(long offset) {
        return offset + 1 > head ? null : ring.get(offset + 1);
    }

    @Override
    public final List<LogEntry> read(TopicSelection selection, long after, long upTo, int bytes) {
        if (isNear(selection, after)) {
            EntryRingIterator walk =
                    new EntryRingIterator(ring, after, Math.max(after, Math.min(upTo, head)), windows.size());
            List<LogEntry> entries = read(walk, selection, bytes);
            if (!walk.gaveUp() && ring.hasAllAfter(after, head)) {
                return entries;
            }
        }
        return read(
                MergedTopicIterator.forward(
                        windows.of(selection, after).map(window -> TopicReader.after(window, after, upTo))),
                selection,
                bytes);
    }

    private static List<LogEntry> read(EntryIterator all, TopicSelection selection, int bytes) {
        List<LogEntry> entries = new ArrayList<>();
        int read = 0;
        for (LogEntry next = all.next(); next != null; next = read < bytes ? all.next() : null) {
            if (next.isFor(selection)) {
                entries.add(next);
                read += next.frame().length;
            }
        }
        return entries;
    }

    @Override
    public final long within(TopicSelection selection, long after, ReplayLimit limit) {
        // A history that begins within the window has nothing that the window has not.
        boolean back = floor(selection, after) > Math.max(after, history().floor());
        return back ? history().within(selection, after, limit) : withinWindow(selection, after, limit);
    }

    private long withinWindow(TopicSelection selection, long after, ReplayLimit limit) {
        if (isNear(selection, after)) {
            EntryRingIterator walk = new EntryRingIterator(ring, Math.max(after, head) + 1, after + 1, windows.size());
            long within = within(walk, selection, after, limit);
            if (!walk.gaveUp() && ring.hasAllAfter(after, head)) {
                return within;
            }
        }
        return within(
                MergedTopicIterator.backward(windows.of(selection, after).map(TopicReader::newest)),
                selection,
                after,
                limit);
    }

    private static long within(EntryIterator all, TopicSelection selection, long after, ReplayLimit limit) {
        int events = 0;
        long bytes = 0;
        for (LogEntry next = all.next(); next != null && next.offset() > after; next = all.next()) {
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
    private boolean isNear(TopicSelection selection, long after) {
        return !selection.isExact() && ring.hasAllAfter(after, head);
    }

    @Override
    public final void onAppend(Runnable wake) {
        wakes.add(wake);
    }

    @Override
    public final void expire() {
        putting.lock();
        try {
            windows.expire(nanoTime.getAsLong());
        } finally {
            putting.unlock();
        }
    }

    /** How many topics something is held of. */
    int topics() {
        return windows.size();
    }

    private void gone(LogEntry entry) {
        ring.remove(entry);
        if (entry.publishedId() != null) {
            publishedIds.remove(entry.publishedId(), entry);
        }
    }
}
