/**
 * Events, topics, and their encoding as {@code text/event-stream}, without Jakarta types. All types are immutable and
 * thread-safe. Start reading at {@link dev.courant.event.Event} and {@link dev.courant.event.WireFormat}.
 */
@NullMarked
package dev.courant.event;

import org.jspecify.annotations.NullMarked;
