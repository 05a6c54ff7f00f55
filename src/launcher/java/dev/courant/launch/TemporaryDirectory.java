package dev.courant.launch;

import java.io.File;
import java.io.IOException;

/** The check of the directory in which the server unpacks itself. */
final class TemporaryDirectory {

    private TemporaryDirectory() {}

    static void requireUsable() throws StartFailure {
        File directory = new File(System.getProperty("java.io.tmpdir"));
        if (!directory.exists()) {
            throw createFailure(directory, "does not exist", null);
        }
        if (!directory.isDirectory()) {
            throw createFailure(directory, "is not a directory", null);
        }
        try {
            File file = File.createTempFile("courant", null, directory);
            if (!file.delete()) {
                file.deleteOnExit();
            }
        } catch (IOException e) {
            throw createFailure(directory, "cannot be written to: " + e.getMessage(), e);
        }
    }

    private static StartFailure createFailure(File directory, String reason, Throwable cause) {
        return StartFailure.ofEnvironment(
                "The temporary directory " + directory + " (java.io.tmpdir) " + reason
                        + ". Choose another with -Djava.io.tmpdir=<directory> before -jar",
                cause);
    }
}
