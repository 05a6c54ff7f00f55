package dev.courant.log;

import dev.courant.event.EventId;
import java.util.concurrent.CompletionStage;

/**
 * The position of a publishing stream with an idempotency key: its last event in the log.
 *
 * @param number of that event in the stream, from 1
 * @param digest as in {@link IdempotencyKey}
 * @param id completes with the id of the event once it is stored
 */
public record StreamPosition(long number, String digest, CompletionStage<EventId> id) {}
