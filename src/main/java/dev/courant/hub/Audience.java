package dev.courant.hub;

import dev.courant.event.TopicSelection;
import dev.courant.log.EventLog;
import dev.courant.log.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one dispatcher with equal selections and formats. The frames of a batch are joined once and written to all
 * of them. Not thread-safe; used by the dispatcher thread only.
 *
 * <p>Its offsets after {@link #seal}, with the entries of the log that this audience receives as {@code x} and those of
 * others as {@code -}:
 *
 * <pre>{@code
 *   x - - - x - - - - - - - x - x - x
 *           |           |   |_______|
 *       liveAfter       |   live batch
 *                       |           |
 *                   caughtUpTo   newestOffset
 * }</pre>
 *
 * A subscription with its cursor from {@code liveAfter} up to the live batch receives the live batch. Between batches
 * {@code newEntries} collects what follows, and {@code newEntriesAfter} is the tail offset before the first of them. It
 * becomes {@code caughtUpTo} at the next seal.
 */
final class Audience {

    /**
     * The size at which a batch takes no more entries. Its last entry may exceed it. This limits the memory for each
     * connection.
     */
    static final int BATCH_BYTES = 64 * 1024;

    final TopicSelection selection;
    private final @Nullable EnvelopeCache envelopes; // null for the plain format
    // A small list: with tokens, many audiences have one subscription, because its grants are part of the selection.
    final List<Subscription> subscriptions = new ArrayList<>(1);
    long patternNumber; // assigned by PatternAudiences, ascending; 0 for an exact selection and after removal
    private final EventLog log;
    private final ReplayCache replays;
    private List<LogEntry> newEntries = new ArrayList<>(1);
    private @Nullable Batch liveBatch; // the newest entries, as one batch
    private long newEntriesAfter; // the tail offset before the first of newEntries
    private long liveAfter; // no entry for this audience is between here and the live batch
    private long caughtUpTo; // a cursor at liveAfter or later may move here: no entry between is for this audience
    private long newestOffset; // a cursor at this offset or later has no more entries to send

    /** @param envelopes if not {@code null}, the subscribers receive the events in {@link StreamFormat#JSON} */
    Audience(
            TopicSelection selection,
            @Nullable EnvelopeCache envelopes,
            EventLog log,
            ReplayCache replays,
            long newestOffset) {
        this.selection = selection;
        this.envelopes = envelopes;
        this.log = log;
        this.replays = replays;
        this.newestOffset = newestOffset;
        liveAfter = newestOffset;
        caughtUpTo = newestOffset;
    }

    /**
     * Adds a new entry, if the subscribers may read it. Does nothing if the entry was already added for another of its
     * topics.
     *
     * @param previousTail the tail offset before this entry, see {@link LogTail#offset}
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

    /** Joins the added entries, if there are any, to the live batch. */
    void seal() {
        if (newEntries.isEmpty()) {
            return;
        }
        List<LogEntry> entries = newEntries;
        newEntries = new ArrayList<>(1); // a new list, so that the capacity of a large batch is not retained
        liveBatch = join(entries);
        liveAfter = newestOffset;
        caughtUpTo = Math.max(newestOffset, newEntriesAfter);
        newestOffset = entries.get(entries.size() - 1).offset();
    }

    StreamFormat format() {
        return envelopes == null ? StreamFormat.PLAIN : StreamFormat.JSON;
    }

    /** Returns a batch of these entries, or of the first of them if their envelopes are larger than a batch. */
    private Batch join(List<LogEntry> entries) {
        return envelopes == null ? Batch.of(entries) : Batch.of(entries, envelopes::get);
    }

    /** Does the same as {@link #join} on another thread than the dispatcher's. */
    Batch joinUncached(List<LogEntry> entries) {
        return envelopes == null ? Batch.of(entries) : Batch.of(entries, EnvelopeCache::encode);
    }

    /**
     * Skips entries that were evicted before the dispatcher read them. The next read of each subscription then checks
     * its cursor against the log's floor.
     *
     * @param previousTail the tail offset before the skipped entries. Subscriptions that were caught up have missed no
     *     entry up to here
     * @param newTail the tail offset after the skipped entries
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
     * Discards the live batch if the audience has one subscription, and the batch was written to it.
     */
    void discardOwnBatch() {
        if (subscriptions.size() == 1 && subscriptions.get(0).cursor >= newestOffset) {
            liveBatch = null;
        }
    }

    /**
     * Discards the live batch, because its memory is not within the bounds of the log. A subscription that still needs
     * its entries reads them from the log.
     */
    void discardBatch() {
        liveBatch = null;
    }

    /**
     * Returns the offset to which a cursor can move because all entries between are for other audiences.
     */
    long skipUnread(long cursor) {
        return cursor >= liveAfter ? Math.max(cursor, caughtUpTo) : cursor;
    }

    /**
     * Returns the batch after a subscription's cursor. If there is none, moves the cursor up to {@link #newestOffset}.
     *
     * <p>If entries are lost, the {@link StreamStart.Promise} decides. A client that was promised the retained events
     * receives the batch, with a gap event before it if necessary.
     *
     * @throws SlowClientException if entries are lost and the client was promised all of them
     */
    NextBatch nextBatch(Subscription subscription) throws SlowClientException {
        long cursor = subscription.cursor;
        if (cursor >= newestOffset) {
            return NextBatch.None.UP_TO_DATE;
        }
        Batch batch = liveBatch;
        if (batch != null && cursor >= liveAfter && cursor < batch.firstOffset()) {
            return batch;
        }
        return readWindow(subscription, Math.max(cursor, subscription.checkedFrom));
    }

    /**
     * Returns the entries with a gap event before them, in one batch: between two writes, more entries might be
     * evicted.
     */
    private NextBatch prependGap(Subscription subscription, List<LogEntry> entries, long floor)
            throws SlowClientException {
        if (subscription.promise == StreamStart.Promise.ALL) {
            throw new SlowClientException("The client is too slow: its next event was evicted from the window.");
        }
        long gapEnd = entries.isEmpty() ? newestOffset : entries.get(0).offset() - 1;
        Batch gap = subscription.skipEvicted(log, gapEnd, Math.max(floor, gapEnd));
        if (entries.isEmpty()) {
            return gap == null ? NextBatch.None.UP_TO_DATE : gap;
        }
        Batch batch = join(entries);
        return gap == null ? batch : batch.prepend(gap);
    }

    long newestOffset() {
        return newestOffset;
    }

    /**
     * @param checkedFrom the cursor, or a later offset if entries before it may be missing. The batch is then not
     *     cached, because other subscriptions must not miss these entries
     */
    private NextBatch readWindow(Subscription subscription, long checkedFrom) throws SlowClientException {
        long cursor = subscription.cursor;
        Batch cached = cursor == checkedFrom ? replays.get(this, cursor) : null;
        if (cached != null) {
            return cached;
        }
        List<LogEntry> entries = log.read(selection, cursor, newestOffset, BATCH_BYTES);
        boolean hasHistory = log.history().floor() < Long.MAX_VALUE;
        // The history may retain events before checkedFrom that the window has evicted.
        long from = hasHistory ? cursor : checkedFrom;
        // Read the floor after the entries: an entry that was retained after the read was retained during it.
        long floor = log.floor(selection, from);
        if (floor > from) {
            if (hasHistory) {
                return NextBatch.None.IN_HISTORY; // the history may wait for a disk, which a dispatcher must not
            }
            return prependGap(subscription, entries, floor);
        }
        if (entries.isEmpty()) {
            subscription.cursor = newestOffset;
            return NextBatch.None.UP_TO_DATE;
        }
        Batch batch = join(entries);
        if (cursor == checkedFrom) {
            replays.put(this, cursor, batch);
        }
        return batch;
    }
}
