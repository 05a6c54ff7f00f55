package dev.courant.log;

import dev.courant.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event to append.
 *
 * @param key the idempotency key, or {@code null} to store every repetition
 */
public record KeyedEvent(Event event, @Nullable IdempotencyKey key) {}
