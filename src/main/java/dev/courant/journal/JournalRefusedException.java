package dev.courant.journal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Thrown if a journal cannot be opened. The message has one line. */
public final class JournalRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    JournalRefusedException(String why) {
        super(why);
    }

    JournalRefusedException(String why, Throwable cause) {
        super(why, cause);
    }

    /** Returns the exception for the operator who set the directory. */
    static JournalRefusedException of(Path directory, Exception why) {
        String reason = String.valueOf(why.getMessage());
        if (why instanceof AccessDeniedException denied) {
            reason =
                    "access to " + denied.getFile() + " is denied. Change the permissions, or choose another directory";
        } else if (why instanceof NoSuchFileException missing) {
            reason = missing.getFile() + " cannot be created. Create it, or choose another directory";
        } else if (why instanceof FileSystemException) {
            reason += ". Choose another directory";
        }
        String line = reason.lines().findFirst().orElse("");
        return new JournalRefusedException("The journal in " + directory + " cannot be opened: " + line, why);
    }
}
