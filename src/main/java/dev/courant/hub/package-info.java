/**
 * Subscribers as cursors: a {@link dev.courant.hub.Subscription} is a position in the log and a connection, and a
 * {@link dev.courant.hub.Dispatcher} writes what lies between the position and the head. There is no queue for each
 * subscriber. What the log's window no longer holds is read for it by {@link dev.courant.hub.HistoryReader}. Plain Java; time, threads and chance come by constructor.
 */
@NullMarked
package dev.courant.hub;

import org.jspecify.annotations.NullMarked;
