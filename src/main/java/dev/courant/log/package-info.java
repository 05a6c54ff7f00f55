/**
 * The totally ordered log that every stream is read from. {@link dev.courant.log.EventLog} is the seam below the hub;
 * {@link dev.courant.log.WindowLog} keeps a bounded window of recent events of each topic in memory, and
 * {@link dev.courant.log.RetentionBounds} says which topic makes room for which. {@link dev.courant.log.MemoryLog} is that
 * window alone; other logs have a {@link dev.courant.log.History} beyond it. Plain Java.
 */
@NullMarked
package dev.courant.log;

import org.jspecify.annotations.NullMarked;
