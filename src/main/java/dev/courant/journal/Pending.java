package dev.courant.journal;

import dev.courant.event.Event;
import dev.courant.event.EventId;
import dev.courant.log.Once;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An event that is to be stored, and who waits for that. */
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
record Pending(Event event, byte[] body, @Nullable Once once, CompletableFuture<EventId> stored) {}
