package dev.courant.hub;

import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one dispatcher with equal selections. The bytes of a batch are joined once for all of them. Not
 * thread-safe; used by the dispatcher thread only.
 */
final class Audience {

    /** A batch that is shorter than this takes one more entry. This also bounds the memory of a connection. */
    static final int BATCH_BYTES = 64 * 1024;

    final TopicSelection selection;
    // Often one subscription: the right to read private events is part of the selection.
    final List<Subscription> subscriptions = new ArrayList<>(1);
    long patternNumber; // ascending in the order of creation, if the selection has patterns; 0 after removal
    private final EventLog log;
    private final ReplayCache replays;
    private List<LogEntry> newEntries = new ArrayList<>(1);
    private @Nullable Batch liveBatch; // the newest batch
    private long newEntriesAfter; // the dispatcher's read position before the first new entry
    private long liveAfter; // a cursor between here and the live batch lacks only that batch
    private long caughtUpTo; // a cursor at or past liveAfter may move here: nothing between is for this audience
    private long newestOffset; // the newest entry read for this audience; a cursor at or past it is caught up

    Audience(TopicSelection selection, EventLog log, ReplayCache replays, long newestOffset) {
        this.selection = selection;
        this.log = log;
        this.replays = replays;
        this.newestOffset = newestOffset;
        liveAfter = newestOffset;
        caughtUpTo = newestOffset;
    }

    /**
     * Adds a new entry unless this audience may not read it or another of its topics has added it already.
     *
     * @param previousTail the dispatcher's read position before this entry
     * @return whether this is the first entry since the last {@link #seal}
     */
    boolean add(LogEntry entry, long previousTail) {
        if (!entry.isReadableBy(selection)) {
            return false;
        }
        if (newEntries.isEmpty()) {
            newEntriesAfter = previousTail;
        } else if (newEntries.get(newEntries.size() - 1).offset() == entry.offset()) {
            return false;
        }
        newEntries.add(entry);
        return newEntries.size() == 1;
    }

    /** Joins the added entries to the live batch. */
    void seal() {
        Batch batch = Batch.of(newEntries);
        newEntries = new ArrayList<>(1); // a new list, so that the capacity of a large batch is not retained
        liveBatch = batch;
        liveAfter = newestOffset;
        caughtUpTo = Math.max(newestOffset, newEntriesAfter);
        newestOffset = batch.lastOffset();
    }

    /**
     * Skips entries that were evicted before the dispatcher read them. Every cursor below the new position must then be
     * checked against the log's floor.
     *
     * @param previousTail the read position before the overrun; a subscription that was caught up has missed nothing up
     *     to here
     * @param newTail the read position after the overrun
     */
    void skipOverrun(long previousTail, long newTail) {
        long completeUpTo = newEntries.isEmpty() ? previousTail : newEntriesAfter;
        for (Subscription subscription : subscriptions) {
            if (subscription.cursor >= newestOffset) {
                subscription.cursor = Math.max(subscription.cursor, completeUpTo);
            }
        }
        newEntries.clear();
        liveBatch = null;
        newestOffset = newTail;
    }

    /**
     * Discards the live batch once its only subscription has been written it: no other subscription can use its bytes.
     */
    void discardOwnBatch() {
        if (subscriptions.size() == 1 && subscriptions.get(0).cursor >= newestOffset) {
            liveBatch = null;
        }
    }

    /**
     * Discards the live batch; a subscription that still needs it reads it from the log. Otherwise a quiet audience
     * would retain memory outside the bounds of the log.
     */
    void discardBatch() {
        liveBatch = null;
    }

    /**
     * Moves a cursor towards the head, over entries that are not for this audience, so that they do not hold it back.
     */
    long skipUnread(long cursor) {
        return cursor >= liveAfter ? Math.max(cursor, caughtUpTo) : cursor;
    }

    /**
     * Returns the batch after a subscription's cursor. Returns {@code null} if there is none; the cursor may then move
     * up to {@link #newestOffset}. Returns {@link Batch#IN_HISTORY} if only the log's history may have some of the
     * entries. If entries have been evicted, the batch begins with a gap event, provided that the client was promised
     * only the retained events.
     *
     * @throws SlowClientException if entries have been evicted and the client was promised all of them
     */
    @Nullable
    Batch nextBatch(Subscription subscription) throws SlowClientException {
        long cursor = subscription.cursor;
        if (cursor >= newestOffset) {
            return null;
        }
        Batch batch = liveBatch;
        if (batch != null && cursor >= liveAfter && cursor < batch.firstOffset()) {
            return batch;
        }
        return readWindow(subscription, Math.max(cursor, subscription.checkedFrom));
    }

    /**
     * Puts a gap event in front of the entries. Both go out in one write: between two writes, more might be evicted.
     */
    private @Nullable Batch prependGap(Subscription subscription, List<LogEntry> entries, long floor)
            throws SlowClientException {
        if (subscription.promise == StreamStart.Promise.ALL) {
            throw new SlowClientException("The client is too slow: its next event was evicted from the window.");
        }
        long gapEnd = entries.isEmpty() ? newestOffset : entries.get(0).offset() - 1;
        Batch gap = subscription.skipEvicted(log, gapEnd, Math.max(floor, gapEnd));
        if (entries.isEmpty()) {
            return gap;
        }
        Batch batch = Batch.of(entries);
        return gap == null ? batch : batch.prepend(gap);
    }

    long newestOffset() {
        return newestOffset;
    }

    /**
     * @param checkedFrom if greater than the cursor, the batch may lack entries and is not cached for other
     *     subscriptions
     */
    private @Nullable Batch readWindow(Subscription subscription, long checkedFrom) throws SlowClientException {
        long cursor = subscription.cursor;
        Batch cached = cursor == checkedFrom ? replays.get(this, cursor) : null;
        if (cached != null) {
            return cached;
        }
        List<LogEntry> entries = log.read(selection, cursor, newestOffset, BATCH_BYTES);
        // Read the floor after the entries: an entry that was retained after the read was retained during it.
        long floor = log.floor(selection, checkedFrom);
        if (floor > checkedFrom) {
            if (log.history().floor() < Long.MAX_VALUE) {
                return Batch.IN_HISTORY; // only a reading thread may find out, since that may block
            }
            return prependGap(subscription, entries, floor);
        }
        if (entries.isEmpty()) {
            return null;
        }
        Batch batch = Batch.of(entries);
        if (cursor == checkedFrom) {
            replays.put(this, cursor, batch);
        }
        return batch;
    }
}
