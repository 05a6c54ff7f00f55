package dev.courant.log;

import dev.courant.event.Topic;
import org.jspecify.annotations.Nullable;

/**
 * An event as stored: its place and its bytes on the wire, encoded once for all who will read it.
 *
 * @param offset the place in the log; grows from entry to entry
 * @param publishedId the publisher's own id, if it chose one
 * @param frame shared by every subscriber; nobody may change it
 * @param storedAt on the log's own monotonic clock, in nanoseconds
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: a copy for each reader is what the log is there to avoid
public record Entry(long offset, Topic topic, @Nullable String publishedId, byte[] frame, long storedAt) {}
