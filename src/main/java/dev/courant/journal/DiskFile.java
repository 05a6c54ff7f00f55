package dev.courant.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A file, locked as long as it is open. No channel is read from or written to: an interrupted thread would close it. */
final class DiskFile implements Disk {

    private final RandomAccessFile file; // its position is guarded by itself
    private final FileStore device;
    private final Path path;

    private DiskFile(Path path, RandomAccessFile file, FileStore device) {
        this.path = path;
        this.file = file;
        this.device = device;
    }

    /**
     * Opens a file, or makes it.
     *
     * @throws JournalRefusedException if it is in use
     */
    static DiskFile open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (lock(file) == null) {
                throw new JournalRefusedException(
                        "it is in use by another process. Stop that process, or choose another directory");
            }
            return new DiskFile(path, file, Files.getFileStore(path));
        } catch (IOException | RuntimeException | Error refused) {
            file.close();
            throw refused;
        }
    }

    private static @Nullable FileLock lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            throw new JournalRefusedException(
                    "it is in use by another application of this server. Undeploy that, or choose another directory",
                    ownProcess);
        }
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
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public void truncate(long length) throws IOException {
        synchronized (file) {
            file.setLength(length);
        }
    }

    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    /** {@code courant.mv.damaged}, of {@code courant.mv}. */
    @Override
    public void copy() throws IOException {
        Path copy = path.resolveSibling(path.getFileName() + ".damaged");
        if (Files.exists(copy)) {
            return;
        }
        try {
            Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException noRoom) {
            Files.deleteIfExists(copy);
            throw noRoom;
        }
    }

    @Override
    public long room() throws IOException {
        return device.getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
