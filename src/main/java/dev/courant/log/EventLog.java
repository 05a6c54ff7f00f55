package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One totally ordered log of events, and the window of it that can still be read. All methods may be called by any
 * thread, and none but {@link #append} waits for anything.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Stores an event at the end. The stage completes with the event's id once the event is stored at the durability
     * that this log is configured for, and fails if it is not.
     *
     * @throws IllegalStateException once the log is closed
     */
    CompletionStage<EventId> append(Event event);

    /** The offset of the newest entry; that of no entry at all, before the first. */
    long head();

    /** The id of an offset in this life of the log. */
    EventId idOf(long offset);

    /** Whether all that was stored after this offset is still in the window. */
    boolean holds(long offset);

    /** The first entry in the window after an offset, or {@code null} if there is none. */
    @Nullable
    Entry next(long offset);

    /** Has {@code wake} run after each append, on the appending thread: it has to be quick and must not throw. */
    void onAppend(Runnable wake);

    /** Lets go of what is past its age. Called from time to time, so that a quiet log forgets too. */
    void expire();

    @Override
    void close();
}
