/**
 * The totally ordered log behind every stream, without Jakarta types. One thread at a time appends, under a lock; any
 * thread reads, without locks. Start reading at {@link dev.courant.log.EventLog}, the interface to the hub, and {@link
 * dev.courant.log.WindowLog}, the base of its implementations.
 */
@NullMarked
package dev.courant.log;

import org.jspecify.annotations.NullMarked;
