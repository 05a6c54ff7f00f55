package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Appends the events of one publishing stream in order. While one batch is being stored, the next one is collected. After a
 * failure, no further event is appended. One thread at a time adds events; the other methods are thread-safe.
 */
public final class EventPipe {

    /** The maximum number of collected events. As many more may be in the batch that is being stored. */
    private static final int MAX_EVENTS = 1024;

    /** The number of characters from which no further event is added to a batch. */
    private static final int MAX_CHARACTERS = 256 << 10;

    /**
     * The events of a stream that are stored.
     *
     * @param stored the number of the added events that are stored
     * @param lastId the id of the last event that is stored, or {@code null} if there is none
     * @param next the number of the event after it, if the stream has a key; otherwise 0
     * @param failure the reason why the next event could not be stored, or {@code null}
     */
    public record Progress(
            long stored,
            @Nullable String lastId,
            long next,
            @Nullable Throwable failure) {}

    /** A call of the log that is not finished: the append of a batch, or of the events of another request. */
    private record Step(
            List<KeyedEvent> batch,
            List<CompletionStage<EventId>> stages,
            @Nullable StreamPosition position) {}

    private final EventLog log;
    private final Executor executor;
    private final Runnable listener;
    // All fields are guarded by this.
    private @Nullable StreamNumbering numbering;
    private List<KeyedEvent> collected = new ArrayList<>();
    private long collectedCharacters;
    private long storingCharacters; // of the batch that is being stored
    private boolean storing;
    private @Nullable StreamPosition awaited; // events of another request, which are not stored yet
    private boolean keyed;
    private long first = 1;
    private long added;
    private long storedUpTo;
    private @Nullable String lastId;
    private @Nullable Throwable failure;

    /**
     * @param executor appends the next batch if the previous one was not stored at once
     * @param listener called when a batch has been stored, or has failed, after {@link #flush} returned
     */
    public EventPipe(EventLog log, Executor executor, Runnable listener) {
        this.log = log;
        this.executor = executor;
        this.listener = listener;
    }

    /**
     * Makes this pipe drop the events that the log already has with an idempotency key. Call this before adding events.
     *
     * @param firstNumber the number of the first event that will be added
     */
    public synchronized void resume(String key, long firstNumber) {
        keyed = true;
        first = firstNumber;
        try {
            StreamPosition position = log.findStream(key);
            storedUpTo = position == null ? 0 : position.number();
            numbering = new StreamNumbering(key, firstNumber, position);
            awaited = position;
        } catch (LogException refused) {
            failure = refused;
        }
    }

    /** Adds an event to the next batch. */
    public synchronized void add(Event event) {
        if (failure != null) {
            return;
        }
        try {
            KeyedEvent next = numbering == null ? new KeyedEvent(event, null) : numbering.add(event);
            added++;
            if (next != null) {
                collected.add(next);
                collectedCharacters += event.data().length();
            }
        } catch (LogException refused) {
            added = 0; // the stored events are those of another stream
            failure = refused;
        }
    }

    /** Returns whether the publisher may add events. If not, the listener is called once it may. */
    public synchronized boolean hasRoom() {
        return collected.size() < MAX_EVENTS && collectedCharacters < MAX_CHARACTERS;
    }

    /** Returns whether all added events are stored, or no further event will be. */
    public synchronized boolean isIdle() {
        return !storing && (failure != null || (collected.isEmpty() && awaited == null));
    }

    /** Returns the number of characters of the events that are not stored yet. */
    public synchronized long characters() {
        return collectedCharacters + storingCharacters;
    }

    public synchronized Progress progress() {
        long stored = Math.max(0, Math.min(added, storedUpTo - first + 1));
        return new Progress(stored, lastId, keyed ? storedUpTo + 1 : 0, failure);
    }

    /** Starts to store the collected events, unless a batch is being stored; it is followed by the next one. */
    public void flush() {
        for (Step step = begin(); step != null; step = begin()) {
            Step begun = step;
            CompletableFuture<Void> all = CompletableFuture.allOf(step.stages.stream()
                    .map(CompletionStage::toCompletableFuture)
                    .toArray(CompletableFuture[]::new));
            if (!all.isDone()) {
                CompletableFuture<Void> unused = all.whenCompleteAsync(
                        (done, failed) -> {
                            end(begun);
                            flush();
                            listener.run();
                        },
                        executor);
                return;
            }
            end(begun);
        }
    }

    private @Nullable Step begin() {
        List<KeyedEvent> batch;
        synchronized (this) {
            if (storing || failure != null || (awaited == null && collected.isEmpty())) {
                return null;
            }
            storing = true;
            StreamPosition position = awaited;
            if (position != null) {
                awaited = null;
                return new Step(List.of(), List.of(position.id()), position);
            }
            batch = collected;
            storingCharacters = collectedCharacters;
            collected = new ArrayList<>();
            collectedCharacters = 0;
        }
        try {
            return new Step(batch, log.appendAll(batch), null);
        } catch (IllegalStateException closed) {
            return new Step(batch, List.of(CompletableFuture.failedFuture(closed)), null);
        }
    }

    private synchronized void end(Step step) {
        storing = false;
        storingCharacters = 0;
        for (int i = 0; i < step.stages.size() && failure == null; i++) {
            try {
                EventId id = step.stages.get(i).toCompletableFuture().join();
                if (step.position == null) {
                    String chosen = step.batch.get(i).event().id();
                    lastId = chosen == null ? id.toString() : chosen;
                    storedUpTo++;
                } else {
                    lastId = id.toString();
                    storedUpTo = step.position.number();
                }
            } catch (CompletionException failed) {
                Throwable cause = failed.getCause() == null ? failed : failed.getCause();
                fail(step.batch.subList(Math.min(i, step.batch.size()), step.batch.size()), cause);
                return;
            }
        }
    }

    private void fail(List<KeyedEvent> rest, Throwable cause) {
        failure = cause;
        if (cause instanceof StreamPositionException moved && numbering != null) {
            List<KeyedEvent> all = new ArrayList<>(rest);
            all.addAll(collected);
            try {
                collected = new ArrayList<>(numbering.skipStored(all, moved.position()));
                collectedCharacters = collected.stream()
                        .mapToLong(next -> next.event().data().length())
                        .sum();
                awaited = moved.position();
                failure = null;
            } catch (LogException refused) {
                failure = refused;
            }
        }
    }
}
