package dev.courant.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory of the local file system, locked against other processes and applications until it is closed. */
final class LocalDisk implements Disk {

    static final String LOCK = "courant.lock";

    private final Path directory;
    private final RandomAccessFile lock;
    private final FileStore device; // to find it costs more than to write an event

    private LocalDisk(Path directory, RandomAccessFile lock) throws IOException {
        this.directory = directory;
        this.lock = lock;
        device = Files.getFileStore(directory);
    }

    /**
     * Opens a directory. Creates it, readable by its owner only, if it is missing: events may be private.
     *
     * @throws JournalRefusedException if it is in use or cannot be written
     */
    static LocalDisk open(Path directory) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(directory, ownerOnly);
        } catch (FileAlreadyExistsException file) {
            throw new JournalRefusedException("it is not a directory. Choose another path", file);
        }
        Path lockFile = directory.resolve(LOCK);
        if (!Files.isWritable(directory) || (Files.exists(lockFile) && !Files.isWritable(lockFile))) {
            throw new JournalRefusedException(
                    "the directory is not writable. Change its permissions, or choose another one");
        }
        RandomAccessFile lock = new RandomAccessFile(lockFile.toFile(), "rw");
        try {
            if (lock.getChannel().tryLock() == null) {
                throw new JournalRefusedException(
                        "it is in use by another process. Stop that process, or choose another directory");
            }
            return new LocalDisk(directory, lock);
        } catch (OverlappingFileLockException ownProcess) {
            lock.close();
            throw new JournalRefusedException(
                    "it is in use by another application of this server. Undeploy that, or choose another directory",
                    ownProcess);
        } catch (IOException | RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public DiskFile create(String name) throws IOException {
        delete(name);
        return new LocalFile(directory.resolve(name));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new LocalFile(file);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void rename(String name, String newName) throws IOException {
        Files.move(directory.resolve(name), directory.resolve(newName), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void sync() throws IOException {
        try (FileChannel channel = openDirectory()) {
            if (channel != null) {
                channel.force(true);
            }
        }
    }

    /** Returns {@code null} on a system that cannot sync a directory, such as Windows. */
    private @Nullable FileChannel openDirectory() {
        try {
            return FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException unsupported) {
            return null;
        }
    }

    @Override
    public long freeBytes() throws IOException {
        return device.getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
