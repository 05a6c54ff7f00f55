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
    long number; // of those that choose by patterns, in the order of their opening; 0 of one that is closed
    private final EventLog log;
    private final ReplayCache replays;
    private List<LogEntry> fresh = new ArrayList<>(1);
    private @Nullable Batch live; // the newest batch
    private long freshFrom; // up to where the log had been tailed before the first of the fresh
    private long from; // with a cursor of from up to live's first entry, live is all that is missing
    private long caughtUpFrom; // from, moved up over what is not for this audience
    private long tip; // the last entry for this audience that was tailed; a cursor at or past it misses nothing

    Audience(TopicSelection selection, EventLog log, ReplayCache replays, long tip) {
        this.selection = selection;
        this.log = log;
        this.replays = replays;
        this.tip = tip;
        from = tip;
        caughtUpFrom = tip;
    }

    /**
     * Takes what is new, unless it is not for it to read or was taken already, for another of its topics.
     *
     * @param tailedBefore up to where the log had been tailed before it
     * @return whether this is the first entry since the last {@link #seal}
     */
    boolean add(LogEntry entry, long tailedBefore) {
        if (!entry.isReadableBy(selection)) {
            return false;
        }
        if (fresh.isEmpty()) {
            freshFrom = tailedBefore;
        } else if (fresh.get(fresh.size() - 1).offset() == entry.offset()) {
            return false;
        }
        fresh.add(entry);
        return fresh.size() == 1;
    }

    /** Makes one batch of what was added. */
    void seal() {
        Batch batch = Batch.of(fresh);
        fresh = new ArrayList<>(1); // and not the room of the most there ever was at a time
        live = batch;
        from = tip;
        caughtUpFrom = Math.max(tip, freshFrom);
        tip = batch.last();
    }

    /**
     * Entries were let go of before they could be tailed: every cursor before here has to be proved against the log.
     *
     * @param before up to where the log had been tailed: who had caught up has missed nothing up to there
     */
    void lost(long before, long tailed) {
        long settled = fresh.isEmpty() ? before : freshFrom;
        for (Subscription subscription : subscriptions) {
            if (subscription.cursor >= tip) {
                subscription.cursor = Math.max(subscription.cursor, settled);
            }
        }
        fresh.clear();
        live = null;
        tip = tailed;
    }

    /** Once it was written: what was joined for one subscription alone is of no use to another. */
    void letGoOfOwn() {
        if (subscriptions.size() == 1 && subscriptions.get(0).cursor >= tip) {
            live = null;
        }
    }

    /** Whoever still wants the newest batch reads it from the log: what a quiet audience holds would escape its bounds. */
    void letGo() {
        live = null;
    }

    /** The same place, nearer to the head: entries that are not for this audience do not hold a cursor back. */
    long settled(long cursor) {
        return cursor >= from ? Math.max(cursor, caughtUpFrom) : cursor;
    }

    /**
     * What comes after a subscription's cursor, at most a batch of it, or {@code null} if that is nothing; then the cursor
     * may move up to the {@link #tip}; {@link Batch#KEPT} if some of it is in the log's history alone. If some of it has
     * been evicted, the batch begins with a gap event for a client that was promised no more than what is retained.
     *
     * @throws SlowClientException if some of it has been evicted, and the client was promised all of it
     */
    @Nullable
    Batch after(Subscription subscription) throws SlowClientException {
        long cursor = subscription.cursor;
        if (cursor >= tip) {
            return null;
        }
        Batch batch = live;
        if (batch != null && cursor >= from && cursor < batch.first()) {
            return batch;
        }
        return read(subscription, Math.max(cursor, subscription.provenFrom));
    }

    /** One write for the gap event and what follows it: each write may take so long that more is evicted. */
    private @Nullable Batch withGap(Subscription subscription, List<LogEntry> entries, long floor)
            throws SlowClientException {
        if (subscription.promise == StreamStart.Promise.ALL) {
            throw new SlowClientException("fell out of the window");
        }
        long before = entries.isEmpty() ? tip : entries.get(0).offset() - 1;
        Batch gap = subscription.skip(log, before, Math.max(floor, before));
        if (entries.isEmpty()) {
            return gap;
        }
        Batch batch = Batch.of(entries);
        return gap == null ? batch : batch.after(gap);
    }

    long tip() {
        return tip;
    }

    /** @param provenFrom where it is more than the cursor, the batch may leave something out, and is not for others */
    private @Nullable Batch read(Subscription subscription, long provenFrom) throws SlowClientException {
        long cursor = subscription.cursor;
        Batch recent = cursor == provenFrom ? replays.get(this, cursor) : null;
        if (recent != null) {
            return recent;
        }
        List<LogEntry> entries = log.read(selection, cursor, tip, BATCH_BYTES);
        // Asked last: what was still there after reading was there while reading.
        long floor = log.floor(selection, provenFrom);
        if (floor > provenFrom) {
            if (log.history().floor() < Long.MAX_VALUE) {
                return Batch.KEPT; // perhaps: to find out is not for this thread
            }
            return withGap(subscription, entries, floor);
        }
        if (entries.isEmpty()) {
            return null;
        }
        Batch batch = Batch.of(entries);
        if (cursor == provenFrom) {
            replays.put(this, cursor, batch);
        }
        return batch;
    }
}
