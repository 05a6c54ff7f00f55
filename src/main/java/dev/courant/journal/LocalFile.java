package dev.courant.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A file of the local file system. It does not use a channel, which the interruption of a thread would close. */
final class LocalFile implements DiskFile {

    private final RandomAccessFile file; // its position is guarded by itself

    /** Opens the file, or creates it. */
    LocalFile(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public void read(long position, byte[] bytes) throws IOException {
        synchronized (file) {
            file.seek(position);
            file.readFully(bytes);
        }
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
        synchronized (file) {
            file.seek(position);
            file.write(bytes);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        file.setLength(size);
    }

    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
