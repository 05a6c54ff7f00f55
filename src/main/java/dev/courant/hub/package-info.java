/**
 * The delivery of events: a {@link dev.courant.hub.Subscription} is a cursor in the log, a selection and a connection.
 * It has no queue. Each subscription belongs to one dispatcher thread, which alone uses its state; only the methods of
 * {@link dev.courant.hub.Hub} and the connection listeners are thread-safe. Start reading at
 * {@link dev.courant.hub.Dispatcher}, which writes the events between each cursor and the head.
 */
@NullMarked
package dev.courant.hub;

import org.jspecify.annotations.NullMarked;
