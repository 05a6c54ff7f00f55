package dev.courant.launch;

import java.io.File;
import java.io.IOException;

/** The directory into which the server unpacks itself. */
final class TemporaryDirectory {

    private TemporaryDirectory() {}

    static void refuseUnusable() throws StartFailure {
        File directory = new File(System.getProperty("java.io.tmpdir"));
        if (!directory.exists()) {
            throw refused(directory, "does not exist", null);
        }
        if (!directory.isDirectory()) {
            throw refused(directory, "is not a directory", null);
        }
        try {
            File trial = File.createTempFile("courant", null, directory);
            if (!trial.delete()) {
                trial.deleteOnExit();
            }
        } catch (IOException e) {
            throw refused(directory, "cannot be written to: " + e.getMessage(), e);
        }
    }

    private static StartFailure refused(File directory, String why, Throwable cause) {
        return StartFailure.failed(
                "The temporary directory " + directory + " (java.io.tmpdir) " + why
                        + ". Choose another with -Djava.io.tmpdir=<directory> before -jar",
                cause);
    }
}
