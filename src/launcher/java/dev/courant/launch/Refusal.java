package dev.courant.launch;

/** Why Courant does not start, in one line for the person at the terminal, and the exit status that goes with it. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The machine stands in the way: the same command may work later. */
    static Refusal failed(String message, Throwable cause) {
        return new Refusal(1, message, cause);
    }

    /** The command line or the JDK is wrong: the same command will never work. */
    static Refusal misused(String message) {
        return new Refusal(2, message, null);
    }

    int status() {
        return status;
    }
}
