package dev.courant.launch;

/** Why Courant does not start, in one line for the person at the terminal, and the exit status that goes with it. */
final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    private StartFailure(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The machine stands in the way: the same command may work later. */
    static StartFailure failed(String message, Throwable cause) {
        return new StartFailure(1, message, cause);
    }

    /** The command line or the JDK is wrong: the same command will never work. */
    static StartFailure misused(String message) {
        return new StartFailure(2, message, null);
    }

    int status() {
        return status;
    }
}
