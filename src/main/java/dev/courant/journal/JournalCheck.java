package dev.courant.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A trial of whether a journal can be opened. */
public final class JournalCheck {

    private JournalCheck() {}

    /**
     * Checks whether the journal of a directory can be opened. Changes no file. Creates the directory if it is missing,
     * to find out whether that is possible.
     *
     * @throws JournalRefusedException as {@link JournalLog#open}
     */
    public static void run(Path directory) {
        try (Disk disk = LocalDisk.open(directory)) {
            SegmentLoader.refuseForeign(disk);
        } catch (IOException | JournalRefusedException refused) {
            throw JournalRefusedException.of(directory, refused);
        }
    }
}
