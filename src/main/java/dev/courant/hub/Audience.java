package dev.courant.hub;

import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one dispatcher that ask for the same and may read the same, so that the bytes of a batch are
 * joined once for all of them. Used by its dispatcher's thread alone.
 */
final class Audience {

    /** A batch takes one more entry as long as it is shorter than this, so that it bounds a connection's memory too. */
    static final int BATCH_BYTES = 64 * 1024;

    final TopicSelection selection;
    final List<Subscription> subscriptions = new ArrayList<>(1); // many are of one who has rights of its own
    long patternNumber; // of those that choose by patterns, in the order of their opening; 0 of one that is closed
    private final EventLog log;
    private final ReplayCache replays;
    private List<LogEntry> newEntries = new ArrayList<>(1);
    private @Nullable Batch liveBatch; // the newest batch
    private long newEntriesAfter; // up to where the log had been tailed before the first of the fresh
    private long liveAfter; // with a cursor of from up to live's first entry, live is all that is missing
    private long firstUnread; // from, moved up over what is not for this audience
    private long
            newestOffset; // the last entry for this audience that was tailed; a cursor at or past it misses nothing

    Audience(TopicSelection selection, EventLog log, ReplayCache replays, long newestOffset) {
        this.selection = selection;
        this.log = log;
        this.replays = replays;
        this.newestOffset = newestOffset;
        liveAfter = newestOffset;
        firstUnread = newestOffset;
    }

    /**
     * Takes what is new, unless it is not for it to read or was taken already, for another of its topics.
     *
     * @param tailedBefore up to where the log had been tailed before it
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

    /** Makes one batch of what was added. */
    void seal() {
        Batch batch = Batch.of(newEntries);
        newEntries = new ArrayList<>(1); // and not the room of the most there ever was at a time
        liveBatch = batch;
        liveAfter = newestOffset;
        firstUnread = Math.max(newestOffset, newEntriesAfter);
        newestOffset = batch.lastOffset();
    }

    /**
     * Entries were let go of before they could be tailed: every cursor before here has to be proved against the log.
     *
     * @param before up to where the log had been tailed: who had caught up has missed nothing up to there
     */
    void skipOverrun(long previousTail, long newTail) {
        long caughtUpTo = newEntries.isEmpty() ? previousTail : newEntriesAfter;
        for (Subscription subscription : subscriptions) {
            if (subscription.cursor >= newestOffset) {
                subscription.cursor = Math.max(subscription.cursor, caughtUpTo);
            }
        }
        newEntries.clear();
        liveBatch = null;
        newestOffset = newTail;
    }

    /** Once it was written: what was joined for one subscription alone is of no use to another. */
    void discardOwnBatch() {
        if (subscriptions.size() == 1 && subscriptions.get(0).cursor >= newestOffset) {
            liveBatch = null;
        }
    }

    /** Whoever still wants the newest batch reads it from the log: what a quiet audience holds would escape its bounds. */
    void discardBatch() {
        liveBatch = null;
    }

    /** The same place, nearer to the head: entries that are not for this audience do not hold a cursor back. */
    long skipUnread(long cursor) {
        return cursor >= liveAfter ? Math.max(cursor, firstUnread) : cursor;
    }

    /**
     * What comes after a subscription's cursor, at most a batch of it, or {@code null} if that is nothing; then the cursor
     * may move up to the {@link #newestOffset}; {@link Batch#IN_HISTORY} if some of it is in the log's history alone. If some of it has
     * been evicted, the batch begins with a gap event for a client that was promised no more than what is retained.
     *
     * @throws SlowClientException if some of it has been evicted, and the client was promised all of it
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

    /** One write for the gap event and what follows it: each write may take so long that more is evicted. */
    private @Nullable Batch prependGap(Subscription subscription, List<LogEntry> entries, long floor)
            throws SlowClientException {
        if (subscription.promise == StreamStart.Promise.ALL) {
            throw new SlowClientException("fell out of the window");
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

    /** @param provenFrom where it is more than the cursor, the batch may leave something out, and is not for others */
    private @Nullable Batch readWindow(Subscription subscription, long checkedFrom) throws SlowClientException {
        long cursor = subscription.cursor;
        Batch cached = cursor == checkedFrom ? replays.get(this, cursor) : null;
        if (cached != null) {
            return cached;
        }
        List<LogEntry> entries = log.read(selection, cursor, newestOffset, BATCH_BYTES);
        // Asked last: what was still there after reading was there while reading.
        long floor = log.floor(selection, checkedFrom);
        if (floor > checkedFrom) {
            if (log.history().floor() < Long.MAX_VALUE) {
                return Batch.IN_HISTORY; // perhaps: to find out is not for this thread
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
