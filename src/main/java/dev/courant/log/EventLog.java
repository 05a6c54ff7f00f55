package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.TopicSelection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A totally ordered log of events. It has a window of the newest events in memory, and a {@link History} beyond it.
 * Thread-safe. Only methods with the note "may wait" can block on a disk or a network.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Appends an event; may wait. The stage completes, on any thread, with the id of the event once the event is stored
     * with the configured durability. If the event cannot be stored, the stage fails with a {@link LogException}.
     *
     * @param key the idempotency key, or {@code null} to store every repetition
     * @throws IllegalStateException if the log is closed
     */
    CompletionStage<EventId> append(Event event, @Nullable IdempotencyKey key);

    /** Appends an event without an idempotency key. */
    default CompletionStage<EventId> append(Event event) {
        return append(event, null);
    }

    /** Returns the offset of the newest entry, or the offset before the first entry if there is none. */
    long head();

    /**
     * Returns the offset after which a new stream starts: the head, once it includes every event that this log has
     * acknowledged. Waits for events that another system stores, but not for long. If the log cannot be read now,
     * returns the current head.
     */
    default long awaitAcknowledgedHead() {
        return head();
    }

    /**
     * Returns the id of an offset.
     *
     * @throws LogUnavailableException if the log does not know its ids yet
     */
    EventId idOf(long offset);

    /**
     * Returns the offset of an id that this log or a publisher assigned, or empty if it does not name exactly one known
     * offset. A publisher's id of an event that the reader may not read is treated as unknown. Otherwise the result
     * would reveal whether that event exists. May wait.
     *
     * @param reader determines which events the client may read
     * @throws LogUnavailableException if the log cannot be read now
     */
    OptionalLong find(String id, TopicSelection reader);

    /**
     * Returns the last offset of the epoch of an id, if a later epoch has begun. A client with that id cannot have seen
     * an event after this offset. Returns 0 if the epoch is unknown or current.
     */
    long findEndOfEpoch(String id);

    /**
     * Returns the offset up to which selected events may have been evicted from the window.
     *
     * @param from the lower bound of the result: earlier evictions do not matter to the caller
     */
    long floor(TopicSelection selection, long from);

    /**
     * Returns the entry after an offset. Returns {@code null} at the head, and also below the head if the window does
     * not have the entry.
     */
    @Nullable
    LogEntry next(long offset);

    /**
     * Returns the selected entries of the window, in order. To find out whether entries are missing, call {@link
     * #floor} afterwards.
     *
     * @param after the offset before the first entry
     * @param upTo the greatest offset
     * @param bytes the read stops once the frames have at least this many bytes
     */
    List<LogEntry> read(TopicSelection selection, long after, long upTo, int bytes);

    /**
     * Returns the least offset, {@code after} or a later one, from which a replay stays within the limit. May wait.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    long findReplayStart(TopicSelection selection, long after, ReplayLimit limit);

    /** Returns the events that are retained beyond the window. */
    History history();

    /** Returns whether all selected events after an offset can be read, from the window or the history. May wait. */
    default boolean canReplayFrom(TopicSelection selection, long after) {
        return floor(selection, after) <= after || history().floor(selection, after) <= after;
    }

    /**
     * Returns the offset before the oldest retained event of a selection after an offset. The result may be lower if
     * finding that event takes more than one read. Returns {@code upTo} if no such event is retained up to there. May
     * wait.
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

    /** Returns why events cannot be stored or followed now, in one line, or {@code null} if they can. */
    @Nullable
    String findOutage();

    /** Adds a listener that runs after each append, on the appending thread. It must not block or throw. */
    void addAppendListener(Runnable listener);

    /** Evicts entries that exceed the maximum age. The age limit is as precise as the interval between calls. */
    void evictExpired();

    @Override
    void close();
}
