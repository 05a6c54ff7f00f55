package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A small file beside the journal while nothing runs, which says where it ended. If it is not there, or the journal ends
 * elsewhere, then clients may have seen ids that the journal lost, and the epoch does not go on.
 */
final class CleanStop {

    private static final String NAME = "courant.stopped";

    private final Path directory;

    CleanStop(Path directory) {
        this.directory = directory;
    }

    /** Whether the journal was stopped where it ends now; that is known only once, so that what follows is not stopped. */
    boolean take(String end) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return false;
        }
        boolean same = Files.readString(file, US_ASCII).equals(end);
        Files.delete(file);
        sync();
        return same;
    }

    /** The journal is stopped, and complete on the disk. */
    void put(String end) throws IOException {
        Path unfinished = directory.resolve(NAME + ".new");
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            out.write(US_ASCII.encode(end));
            out.force(true);
        }
        Files.move(unfinished, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** What is in the directory; not every system can. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException cannot) {
            // Then it does so by itself, sooner or later.
        }
    }
}
