package dev.courant.journal;

import java.io.Closeable;
import java.io.IOException;

/** An open file of a {@link Disk}. Thread-safe; the interruption of a thread has no effect on it. */
interface DiskFile extends Closeable {

    /**
     * Fills an array with the bytes from a position on.
     *
     * @throws java.io.EOFException if the file ends before
     */
    void read(long position, byte[] bytes) throws IOException;

    /** Writes bytes at a position. If this fails, some of them may have been written. */
    void write(long position, byte[] bytes) throws IOException;

    void truncate(long size) throws IOException;

    /** Returns when all that was written before is there after a power failure. */
    void sync() throws IOException;

    /** Returns the size in bytes. */
    long size() throws IOException;
}
