package dev.courant.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a journal that was closed leaves beside its file. */
final class CleanStopFiles {

    private CleanStopFiles() {}

    /** As if it had not been closed. */
    static void forget(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve("courant.stopped"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
