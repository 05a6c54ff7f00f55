package dev.courant.journal;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.log.IdempotencyKey;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An event that is to be stored, and who waits for that. */
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
record PendingEvent(Event event, byte[] body, @Nullable IdempotencyKey once, CompletableFuture<EventId> stored) {}
