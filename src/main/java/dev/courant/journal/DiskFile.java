package dev.courant.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/** An open file of a {@link Disk}. Thread-safe; the interruption of a thread has no effect on it. */
interface DiskFile extends Closeable {

    int PAGE_BYTES = 4096; // systems read no less

    /**
     * Fills an array with the bytes from a position on.
     *
     * @throws java.io.EOFException if the file ends before
     */
    void read(long position, byte[] bytes) throws IOException;

    /**
     * Fills an array with the bytes from a position on. Pages that the disk cannot read are zeros, as if they were damaged.
     *
     * @throws IOException if the file is closed, or ends before
     */
    default void readOrZero(long position, byte[] bytes) throws IOException {
        try {
            read(position, bytes);
        } catch (IOException unreadable) {
            if (position + bytes.length > size()) { // the size of a closed file cannot be read either
                throw unreadable;
            }
            readPages(position, bytes);
        }
    }

    private void readPages(long position, byte[] bytes) {
        int count;
        for (int from = 0; from < bytes.length; from += count) {
            count = (int) Math.min(PAGE_BYTES - (position + from) % PAGE_BYTES, bytes.length - from);
            byte[] page = new byte[count];
            try {
                read(position + from, page);
            } catch (IOException unreadable) {
                Arrays.fill(page, (byte) 0);
            }
            System.arraycopy(page, 0, bytes, from, count);
        }
    }

    /** Writes bytes at a position. If this fails, some of them may have been written. */
    void write(long position, byte[] bytes) throws IOException;

    void truncate(long size) throws IOException;

    /** Returns when all that was written before is there after a power failure. */
    void sync() throws IOException;

    /** Returns the size in bytes. */
    long size() throws IOException;
}
