package dev.courant.journal;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.log.IdempotencyKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An event to be stored, and the stage that its publisher waits for.
 *
 * @param after the event before it in its publishing stream: if that one cannot be stored, this one is not stored either
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
record PendingEvent(
        Event event,
        byte[] body,
        @Nullable IdempotencyKey key,
        @Nullable CompletionStage<EventId> after,
        CompletableFuture<EventId> stored) {

    PendingEvent withAfter(CompletionStage<EventId> before) {
        return new PendingEvent(event, body, key, before, stored);
    }

    /** Refuses this event if the one before it was refused. */
    boolean isRefused() {
        if (after == null || !after.toCompletableFuture().isCompletedExceptionally()) {
            return false;
        }
        CompletionStage<EventId> unused = after.whenComplete((id, failure) -> stored.completeExceptionally(failure));
        return true;
    }
}
