package dev.courant.log;

import dev.courant.event.Event;
import dev.courant.event.EventId;

/**
 * An event as stored: its place and its bytes on the wire, encoded once for all who will read it.
 *
 * @param frame shared by every subscriber; nobody may change it
 * @param storedAt on the log's own monotonic clock, in nanoseconds
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: a copy for each reader is what the log is there to avoid
public record Entry(EventId id, Event event, byte[] frame, long storedAt) {

    /** The place in the log; grows from entry to entry. */
    public long offset() {
        return id.offset();
    }
}
