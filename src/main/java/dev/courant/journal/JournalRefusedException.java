package dev.courant.journal;

/** Why a journal cannot be opened, in one line. */
public final class JournalRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    JournalRefusedException(String why) {
        super(why);
    }

    JournalRefusedException(String why, Throwable cause) {
        super(why, cause);
    }
}
