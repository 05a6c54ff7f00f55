package dev.courant.journal;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.log.IdempotencyKey;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An event to be stored, and the stage that its publisher waits for. */
@SuppressWarnings("ArrayRecordComponent") // never modified
record PendingEvent(Event event, byte[] body, @Nullable IdempotencyKey key, CompletableFuture<EventId> stored) {}
