package dev.courant.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The directory of a journal. Thread-safe; the interruption of a thread has no effect on it. */
interface Disk extends Closeable {

    /** Returns the names of all files, in any order. */
    List<String> list() throws IOException;

    /** Creates an empty file. Deletes the file that has this name, if there is one. */
    DiskFile create(String name) throws IOException;

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException if no file has this name
     */
    DiskFile open(String name) throws IOException;

    /** Deletes a file, if one has this name. */
    void delete(String name) throws IOException;

    /** Renames a file. A file with the new name is replaced atomically. */
    void rename(String name, String newName) throws IOException;

    /** Returns when all files that were created, renamed or deleted before are so after a power failure. */
    void sync() throws IOException;

    /** Returns the number of bytes that can still be written to the device. */
    long freeBytes() throws IOException;
}
