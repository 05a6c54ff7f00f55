/**
 * The log on a local disk, which survives the process: segment files, written by one thread that shares each fsync among all
 * waiting publishers. Start reading at {@link dev.courant.journal.JournalLog}. {@link dev.courant.journal.Segments} is the
 * writer's view, {@link dev.courant.journal.SegmentList} that of the readers. Plain Java.
 */
@NullMarked
package dev.courant.journal;

import org.jspecify.annotations.NullMarked;
