package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One totally ordered log of events: a window of the newest in memory, and {@link History} beyond it. All methods may be
 * called by any thread. Those that say so may wait for a disk or a network; the others never wait.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Stores an event at the end; may wait. The stage completes, on any thread, with the event's place once the event is
     * stored at the durability that this log is configured for. It fails with a {@link LogException} that says why it is
     * not.
     *
     * @param key under which key it is stored once; {@code null} for each time
     * @throws IllegalStateException once the log is closed
     */
    CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey key);

    /** The same, each time. */
    default CompletionStage<EventId> append(Event event) {
        return append(event, null);
    }

    /** The offset of the newest entry; that of no entry at all, before the first. */
    long head();

    /**
     * Returns the offset after which a new stream starts: the head, once it includes every event that this log has
     * acknowledged. May wait for events that another system stores, but not for long: a log that cannot read them now
     * returns the head as it is.
     */
    default long awaitAcknowledgedHead() {
        return head();
    }

    /**
     * The id of an offset.
     *
     * @throws LogUnavailableException if this log does not know yet what its ids are
     */
    EventId idOf(long offset);

    /**
     * Returns the offset of an id that this log or a publisher assigned; empty if it names no single known offset. A
     * publisher's id of an event that the reader may not read is as unknown as any other, so that the answer does not
     * tell whether that event exists. May wait.
     *
     * @param reader names what the client may read
     * @throws LogUnavailableException if the log cannot be read now
     */
    OptionalLong find(String id, TopicSelection reader);

    /**
     * Returns the end of the epoch that an id belongs to, if a later epoch has begun: a client with that id cannot have
     * seen an event after it. Returns 0 if nothing is known of the id's epoch, or if it is the current one.
     */
    long findEndOfEpoch(String id);

    /**
     * Up to which offset something of what is selected may have left the window.
     *
     * @param from nothing below this matters: if nothing after it has left, it is the answer
     */
    long floor(TopicSelection selection, long from);

    /** The entry that follows an offset; {@code null} if there is none, or (below the head) if it cannot be had here. */
    @Nullable
    LogEntry next(long offset);

    /**
     * What is selected and in the window, in order. Whether some were missing among them is to be asked of {@link #floor}
     * then.
     *
     * @param after the offset before the first
     * @param upTo the greatest offset
     * @param bytes one more entry is taken as long as they are shorter than this together
     */
    List<LogEntry> read(TopicSelection selection, long after, long upTo, int bytes);

    /**
     * From which offset on, this one or a later, what is held of a selection stays within a limit. May wait.
     *
     * @throws LogUnavailableException if that cannot be found out now
     */
    long findReplayStart(TopicSelection selection, long after, ReplayLimit limit);

    /** What is kept beyond the window. */
    History history();

    /** Whether all that was selected after an offset can still be read, from the window or the history. May wait. */
    default boolean canReplayFrom(TopicSelection selection, long after) {
        return floor(selection, after) <= after || history().floor(selection, after) <= after;
    }

    /**
     * Returns the offset before the oldest retained event of a selection after an offset, or an earlier one if finding it
     * takes more than one read. Returns {@code upTo} if no such event is retained up to there. May wait.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    default long findOldest(TopicSelection selection, long after, long upTo) {
        if (upTo <= after) {
            return after;
        }
        List<LogEntry> oldest;
        long covered = upTo;
        long historyFloor = history().floor();
        if (floor(selection, after) > Math.max(after, historyFloor)) {
            LogRange range = history().read(selection, Math.max(after, historyFloor), upTo, 1);
            oldest = range.entries();
            covered = range.upTo();
        } else {
            oldest = read(selection, after, upTo, 1);
        }
        return oldest.isEmpty() ? covered : oldest.get(0).offset() - 1;
    }

    /** Why nothing can be stored or followed now, in one line; {@code null} if all is well. */
    @Nullable
    String findOutage();

    /** Has {@code wake} run after each append, on the appending thread: it has to be quick and must not throw. */
    void addAppendListener(Runnable listener);

    /** Lets go of what is past its age. To be called from time to time; as exact as that is, ages are. */
    void evictExpired();

    @Override
    void close();
}
