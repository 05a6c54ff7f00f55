package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.event.Selection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One totally ordered log of events, and the part of it that can still be read. All methods may be called by any thread,
 * and none but {@link #append} waits for anything.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Stores an event at the end. The stage completes with the event's place once the event is stored at the durability
     * that this log is configured for, and fails if it is not.
     *
     * @throws IllegalStateException once the log is closed
     */
    CompletionStage<EventId> append(Event event);

    /** The offset of the newest entry; that of no entry at all, before the first. */
    long head();

    /** The id of an offset in this life of the log. */
    EventId idOf(long offset);

    /** The offset of an id, whether this log gave it or a publisher; empty if it names no one place that is known. */
    OptionalLong find(String id);

    /**
     * Up to which offset something of what is selected may have been let go of.
     *
     * @param from nothing below this matters: if nothing after it was let go of, it is the answer
     */
    long floor(Selection selection, long from);

    /** The entry that follows an offset; {@code null} if there is none, or (below the head) if it cannot be had here. */
    @Nullable
    Entry next(long offset);

    /**
     * What is selected and may be read, in order. Whether some were missing among them is to be asked of {@link #floor} then.
     *
     * @param after the offset before the first
     * @param upTo the greatest offset
     * @param bytes one more entry is taken as long as they are shorter than this together
     */
    List<Entry> read(Selection selection, long after, long upTo, int bytes);

    /** From which offset on, this one or a later, what is held of a selection stays within a limit. */
    long within(Selection selection, long after, ReplayLimit limit);

    /** Has {@code wake} run after each append, on the appending thread: it has to be quick and must not throw. */
    void onAppend(Runnable wake);

    /** Lets go of what is past its age. To be called from time to time; as exact as that is, ages are. */
    void expire();

    @Override
    void close();
}
