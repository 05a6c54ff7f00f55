package dev.courant.journal;

import java.io.Closeable;
import java.io.IOException;

/** Where the bytes of a journal lie. Safe for use by several threads; a thread's interruption does not matter to it. */
interface Disk extends Closeable {

    /**
     * Reads bytes.
     *
     * @throws java.io.EOFException if there are not as many
     */
    void read(long position, byte[] bytes) throws IOException;

    /** Writes bytes, of which some may have been written if it fails. */
    void write(long position, byte[] bytes) throws IOException;

    long length() throws IOException;

    void truncate(long length) throws IOException;

    /** Returns once all that was written is on the device. */
    void sync() throws IOException;

    /** Keeps a copy of it as it is beside it, unless there is one. */
    void copy() throws IOException;

    /** How many bytes more there is room for. */
    long room() throws IOException;
}
