package dev.courant.launch;

/** Thrown if Courant cannot start. The message is one line for the terminal; the status is that of the process. */
final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    private StartFailure(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** Returns a failure of the environment: the same command may succeed later. */
    static StartFailure ofEnvironment(String message, Throwable cause) {
        return new StartFailure(1, message, cause);
    }

    /** Returns a failure of the command line or the JDK: the same command will never succeed. */
    static StartFailure ofUsage(String message) {
        return new StartFailure(2, message, null);
    }

    int status() {
        return status;
    }
}
