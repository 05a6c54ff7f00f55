package dev.courant.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a closed journal leaves beside its data file. */
final class CleanStopFiles {

    private CleanStopFiles() {}

    /** Deletes the files, as if the journal had not been closed. */
    static void forget(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve("courant.stopped"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
