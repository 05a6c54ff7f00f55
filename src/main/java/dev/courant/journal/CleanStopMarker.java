package dev.courant.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.courant.event.EventId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * A small file that exists while no process has the journal open, with the id of the newest event. If it is missing or
 * differs, clients may have seen ids that the journal lost, so a new epoch begins.
 */
final class CleanStopMarker {

    static final String NAME = "courant.stopped";

    private static final int MAX_BYTES = 64;

    private CleanStopMarker() {}

    /** Returns the id, or {@code null} if there is none or the file is incomplete. */
    @Nullable
    static EventId read(Disk disk) throws IOException {
        try (DiskFile file = disk.open(NAME)) {
            byte[] bytes = new byte[(int) Math.min(MAX_BYTES, file.size())];
            file.readOrZero(0, bytes);
            String line = new String(bytes, US_ASCII);
            return line.endsWith("\n") ? EventId.parse(line.substring(0, line.length() - 1)) : null;
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    /** Deletes the file; after this, every end of the process is a crash until {@link #write}. */
    static void delete(Disk disk) throws IOException {
        disk.delete(NAME);
        disk.sync();
    }

    static void write(Disk disk, EventId end) throws IOException {
        try (DiskFile file = disk.create(NAME)) {
            file.write(0, (end + "\n").getBytes(US_ASCII));
            file.sync();
        }
        disk.sync();
    }
}
