package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.courant.event.EventId;
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
final class CleanStopMarker {

    static final String NAME = "courant.stopped";

    private final Path directory;

    CleanStopMarker(Path directory) {
        this.directory = directory;
    }

    /** Whether the journal was stopped, wherever it ended. */
    boolean isThere() {
        return Files.exists(directory.resolve(NAME));
    }

    /** The offset of the event that the journal was stopped with; -1 if it was not stopped. */
    long end() throws IOException {
        EventId end = isThere() ? EventId.parse(Files.readString(directory.resolve(NAME), US_ASCII)) : null;
        return end == null ? -1 : end.offset();
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

    /** What was stored when it was stopped is not there any more, or was not yet. */
    static JournalRefusedException contradicted() {
        return new JournalRefusedException(
                "it was closed with more than can be read now: it is damaged, or an older copy."
                        + " Put back the right one, or remove " + NAME
                        + " to go on with what can be read, if anything");
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
