package dev.courant.log;

import dev.courant.event.EventId;
import dev.courant.event.EventKind;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log with a window in memory. It stores each entry twice: in the {@link TopicWindows}, and in an {@link EntryRing},
 * from which dispatchers read new entries in order. Appending takes a lock; reading takes none.
 */
public abstract class WindowLog implements EventLog {

    private static final int MAX_PLACEHOLDERS = 1000;

    /** Held while the window changes. */
    protected final ReentrantLock appendLock = new ReentrantLock();

    private final LongSupplier nanoTime;
    private final TopicWindows windows;
    private final PublisherIdIndex publishedIds = new PublisherIdIndex();
    private final EntryRing ring;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long head; // written with appendLock held, after the entry is readable
    private volatile @Nullable EpochHistory epochs;

    /** @param nanoTime a monotonic clock, like {@link System#nanoTime} */
    protected WindowLog(RetentionBounds retention, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        windows = new TopicWindows(retention, this::onEvicted);
        ring = new EntryRing(retention.whole().maxEvents());
    }

    /** Returns the time on this log's clock, in nanoseconds. */
    protected final long now() {
        return nanoTime.getAsLong();
    }

    // ---- called with appendLock held ----

    /**
     * Adds an entry with an offset greater than {@link #head}. The caller must call {@link #notifyListeners} after
     * releasing the lock.
     */
    protected final void put(LogEntry stored) {
        LogEntry entry = stored.withTopics(windows.shareTopics(stored.topics()));
        skipTo(entry.offset() - 1);
        windows.add(entry);
        if (entry.publishedId() != null) {
            publishedIds.add(entry.publishedId(), entry);
        }
        ring.put(entry);
        head = entry.offset();
    }

    /** Moves the head to an offset if no event has the offsets between. */
    protected final void skipTo(long upTo) {
        if (upTo - head > MAX_PLACEHOLDERS) {
            head = upTo; // too many for placeholders: dispatchers then find no entry in the ring and skip to the head
        }
        for (long next = head + 1; next <= upTo; next++) {
            ring.put(LogEntry.placeholder(next));
            head = next;
        }
    }

    /** Evicts all entries of the window. Raises the floor of all topics to an offset, and the head if it is lower. */
    protected final void clear(long upTo) {
        windows.clear(upTo);
        head = Math.max(head, upTo);
    }

    /** Sets the epochs, which determine the ids of all offsets. */
    protected final void setEpochs(EpochHistory current) {
        epochs = current;
    }

    // ---- thread-safe ----

    /** Returns whether one of the topics of a new event has ended, so that the event must not be stored. */
    protected final boolean hasEnded(List<Topic> topics) {
        return topics.stream().anyMatch(topic -> findEnd(topic) != null);
    }

    /** Notifies the append listeners. */
    protected final void notifyListeners() {
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /**
     * Returns the epochs.
     *
     * @throws LogUnavailableException if {@link #setEpochs} has not been called yet
     */
    protected final EpochHistory epochs() {
        EpochHistory known = epochs;
        if (known == null) {
            throw new LogUnavailableException("This server has not read the log yet. Try again later.");
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
        return parsed == null ? 0 : epochs().findEnd(parsed);
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
        if (canTryRing(selection, after)) {
            EntryRingIterator iterator =
                    new EntryRingIterator(ring, after, Math.max(after, Math.min(upTo, head)), windows.countTopics());
            List<LogEntry> entries = iterator.readSelected(selection, bytes);
            if (!iterator.isIncomplete() && ring.hasAllAfter(after, head)) {
                return entries;
            }
        }
        return MergedTopicIterator.forward(windows.findSelected(selection, after)
                        .map(window -> TopicReader.startAfter(window, after, upTo)))
                .readSelected(selection, bytes);
    }

    @Override
    public final long findReplayStart(TopicSelection selection, long after, ReplayLimit limit) {
        // If the floor of the history is within the window, the window contains all events of the history.
        boolean beyondWindow =
                floor(selection, after) > Math.max(after, history().floor());
        return beyondWindow
                ? history().findReplayStart(selection, after, limit)
                : findStartInWindow(selection, after, limit);
    }

    private long findStartInWindow(TopicSelection selection, long after, ReplayLimit limit) {
        if (canTryRing(selection, after)) {
            EntryRingIterator iterator =
                    new EntryRingIterator(ring, Math.max(after, head) + 1, after + 1, windows.countTopics());
            long start = findReplayStart(iterator, selection, after, limit);
            if (!iterator.isIncomplete() && ring.hasAllAfter(after, head)) {
                return start;
            }
        }
        return findReplayStart(
                MergedTopicIterator.backward(
                        windows.findSelected(selection, after).map(TopicReader::startAtNewest)),
                selection,
                after,
                limit);
    }

    private static long findReplayStart(
            EntryIterator iterator, TopicSelection selection, long after, ReplayLimit limit) {
        ReplayLimit.Counter counter = new ReplayLimit.Counter(limit);
        for (LogEntry next = iterator.next(); next != null && next.offset() > after; next = iterator.next()) {
            if (next.isSelectedBy(selection) && counter.isExceededBy(next)) {
                return next.offset();
            }
        }
        return after;
    }

    /**
     * Returns whether to read the ring before the windows. To read the windows, patterns must be compared with every
     * topic. To read as many entries of the ring costs no more, and may suffice.
     */
    private boolean canTryRing(TopicSelection selection, long after) {
        return !selection.isExact() && ring.hasAllAfter(after, head);
    }

    @Override
    public final @Nullable LogEntry findEnd(Topic topic) {
        TopicWindow window = windows.find(topic);
        LogEntry newest = window == null ? null : window.newest();
        if (newest == null) {
            return history().findEnd(topic);
        }
        return newest.kind() == EventKind.END ? newest : null;
    }

    @Override
    public final void addAppendListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public final void evictExpired() {
        appendLock.lock();
        try {
            windows.evictExpired(nanoTime.getAsLong());
        } finally {
            appendLock.unlock();
        }
    }

    /** Returns the number of topics that have entries. */
    int countTopics() {
        return windows.countTopics();
    }

    private void onEvicted(LogEntry entry) {
        ring.remove(entry);
        if (entry.publishedId() != null) {
            publishedIds.remove(entry.publishedId(), entry);
        }
    }
}
