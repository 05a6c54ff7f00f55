package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A totally ordered log of events. The newest events are in its window, in memory; older ones are in its
 * {@link History}. Thread-safe. Only methods with the note "may wait" wait for a disk or a broker.
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

    /**
     * Appends the events of one publisher in order; may wait. Each stage is that of {@link #append}. If an event is refused at
     * once, its stage is the last one, and the events after it are not appended.
     *
     * @throws IllegalStateException if the log is closed
     */
    default List<CompletionStage<EventId>> appendAll(List<KeyedEvent> events) {
        List<CompletionStage<EventId>> stages = new ArrayList<>(events.size());
        for (KeyedEvent next : events) {
            CompletionStage<EventId> stored = append(next.event(), next.key());
            stages.add(stored);
            if (stored.toCompletableFuture().isCompletedExceptionally()) {
                break;
            }
        }
        return stages;
    }

    /** Returns the position of a publishing stream, or {@code null} if its idempotency key is unknown. */
    @Nullable
    StreamPosition findStream(String key);

    /** Returns the offset of the newest entry, or the offset before the first entry if there is none. */
    long head();

    /**
     * Returns the offset after which a new stream starts: the head, once every event that this log has acknowledged is
     * at or before it. May wait: a broker may acknowledge an event before this node has read it back. After a timeout,
     * returns the current head.
     */
    default long awaitAcknowledgedHead() {
        return head();
    }

    /**
     * Returns the id of an offset.
     *
     * @throws LogUnavailableException if the log has not read its epochs yet
     */
    EventId idOf(long offset);

    /**
     * Returns the offset of an id that this log or a publisher assigned, or empty if the id is unknown. If publishers
     * assigned one id to several events, returns the earliest, or empty if the log cannot determine it. Returns empty
     * if the reader may not read the event of a publisher's id: any other result would reveal that the event exists.
     * May wait.
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
     * @param from the least result; the caller does not need to know about evictions up to this offset
     */
    long floor(TopicSelection selection, long from);

    /**
     * Returns the entry after an offset. Returns {@code null} if the offset is the head, or if the window does not
     * contain the next entry.
     */
    @Nullable
    LogEntry next(long offset);

    /**
     * Returns the selected entries that the window contains, in order. To detect that entries were evicted, call
     * {@link #floor} afterwards.
     *
     * @param after the offset before the first entry
     * @param upTo the offset of the last entry, at most
     * @param bytes the read stops once the frames have at least this many bytes
     */
    List<LogEntry> read(TopicSelection selection, long after, long upTo, int bytes);

    /**
     * Returns the offset after which a replay starts: {@code after}, or the lowest later offset that keeps the replay
     * within the limit. May wait.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    long findReplayStart(TopicSelection selection, long after, ReplayLimit limit);

    /**
     * Returns the end of a topic, or {@code null} if the topic has not ended. A topic has ended if its newest retained entry
     * is an end. May wait.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    @Nullable
    LogEntry findEnd(Topic topic);

    /** Returns the events that this log retains beyond its window. */
    History history();

    /** Returns whether all selected events after an offset can be read, from the window or the history. May wait. */
    default boolean canReplayFrom(TopicSelection selection, long after) {
        return floor(selection, after) <= after || history().floor(selection, after) <= after;
    }

    /**
     * Returns the start of a replay. If all events after the id are retained, the replay starts after it. Otherwise it starts
     * before the oldest retained event that the client cannot have received. If the replay would exceed the limit, it starts
     * later. May wait.
     *
     * @param id the last id that the client received, or {@link Event#EARLIEST} for all retained events
     * @throws LogUnavailableException if the log cannot be read now
     */
    default ReplayStart findStart(String id, TopicSelection selection, ReplayLimit limit) {
        if (id.equals(Event.EARLIEST)) {
            return findNewest(selection, limit);
        }
        long head = head();
        OptionalLong known = find(id, selection);
        long seen = known.isPresent() ? known.getAsLong() : findEndOfEpoch(id);
        boolean missing = known.isEmpty() || !canReplayFrom(selection, seen);
        long start = findReplayStart(selection, seen, limit);
        boolean truncated = start > seen;
        if (missing && !truncated) {
            start = findOldest(selection, seen, head);
        }
        // Read the floor last: evictions after this are detected when the entries are read.
        return new ReplayStart(start, missing ? findFloor(selection, start) : 0, missing, truncated);
    }

    /**
     * Returns the start of a replay of the newest retained events. It is truncated if the number or the size of these events
     * exceeds the limit, but not because of their age. May wait.
     *
     * @throws LogUnavailableException if the log cannot be read now
     */
    default ReplayStart findNewest(TopicSelection selection, ReplayLimit limit) {
        long start = findReplayStart(selection, 0, limit);
        boolean tooOld = start > 0
                && limit.hasSince()
                && readRetained(selection, start - 1, start, 1).entries().stream()
                        .anyMatch(entry -> entry.millis() < limit.since());
        return new ReplayStart(start, findFloor(selection, start), false, start > 0 && !tooOld);
    }

    /** Returns the offset up to which selected events may have been evicted from the window and the history. May wait. */
    private long findFloor(TopicSelection selection, long from) {
        return Math.min(floor(selection, from), history().floor(selection, from));
    }

    /**
     * Returns the offset before the oldest selected event that is retained after an offset, or {@code upTo} if none is. The
     * result may be lower if one read of the history does not find the event. May wait.
     */
    default long findOldest(TopicSelection selection, long after, long upTo) {
        if (upTo <= after) {
            return after;
        }
        LogRange range = readRetained(selection, after, upTo, 1);
        return range.entries().isEmpty() ? range.upTo() : range.entries().get(0).offset() - 1;
    }

    /**
     * Returns the selected entries that are retained, in order, from the window or the history. May wait.
     *
     * @param after the offset before the first entry
     * @param upTo the offset of the last entry, at most
     * @param bytes the read stops once the frames have at least this many bytes
     * @throws LogUnavailableException if the log cannot be read now
     */
    default LogRange readRetained(TopicSelection selection, long after, long upTo, int bytes) {
        List<LogEntry> entries = read(selection, after, upTo, bytes);
        long historyFloor = history().floor();
        // Read the floor after the entries: an entry that was retained after the read was retained during it.
        if (floor(selection, after) > Math.max(after, historyFloor)) {
            return history().read(selection, Math.max(after, historyFloor), upTo, bytes);
        }
        long size = entries.stream().mapToLong(entry -> entry.frame().length).sum();
        return new LogRange(
                entries, size < bytes ? upTo : entries.get(entries.size() - 1).offset());
    }

    /** Returns the reason, in one line, why events cannot be stored or delivered now; {@code null} if they can. */
    @Nullable
    String findOutage();

    /** Adds a listener that runs after each append, on the appending thread. It must not block or throw. */
    void addAppendListener(Runnable listener);

    /** Evicts the entries that exceed the maximum age. Until the next call, expired entries may remain. */
    void evictExpired();

    @Override
    void close();
}
