/**
 * The totally ordered log that every stream is read from. {@link dev.courant.log.EventLog} is the seam below the hub;
 * {@link dev.courant.log.MemoryLog} keeps a bounded window of recent events in memory. Plain Java.
 */
@NullMarked
package dev.courant.log;

import org.jspecify.annotations.NullMarked;
