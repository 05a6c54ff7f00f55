package dev.courant.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where a journal lies: for its owner alone, since events may be restricted. */
record JournalDirectory(Path path) {

    static final String FILE = "courant.mv";

    /** Opens the file, and makes it and the directory if they are not there. */
    Disk open() throws IOException {
        Set<String> views = path.getFileSystem().supportedFileAttributeViews();
        FileAttribute<?>[] owner = views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(path, owner);
        } catch (FileAlreadyExistsException file) {
            throw new JournalRefusedException("it is not a directory. Choose another path", file);
        }
        if (!Files.isWritable(path)) {
            throw new JournalRefusedException(
                    "the directory is not writable. Change its permissions, or choose another one");
        }
        Path file = path.resolve(FILE);
        if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
            throw new JournalRefusedException(
                    FILE + " is not writable. Change its permissions, or choose another directory");
        }
        return DiskFile.open(file);
    }

    CleanStopMarker stop() {
        return new CleanStopMarker(path);
    }

    /** The same in one line, for who set the directory. */
    JournalRefusedException refused(Exception why) {
        String reason = String.valueOf(why.getMessage());
        if (why instanceof AccessDeniedException denied) {
            reason =
                    "access to " + denied.getFile() + " is denied. Change the permissions, or choose another directory";
        } else if (why instanceof NoSuchFileException missing) {
            reason = missing.getFile() + " cannot be created. Create it, or choose another directory";
        } else if (why instanceof FileSystemException) {
            reason += ". Choose another directory";
        }
        return new JournalRefusedException(
                "The journal in " + path + " cannot be opened: "
                        + reason.lines().findFirst().orElse(""),
                why);
    }
}
