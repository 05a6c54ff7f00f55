/**
 * The log that outlives the process: one file, written by one thread that shares each sync among all that wait for it.
 * {@link dev.courant.journal.JournalLog} is the way in. Plain Java; below it lies the MVStore of H2, under a name of
 * ours, on blocks that carry checksums.
 */
@NullMarked
package dev.courant.journal;

import org.jspecify.annotations.NullMarked;
