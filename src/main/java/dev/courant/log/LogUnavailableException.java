package dev.courant.log;

/**
 * Thrown when the log cannot perform an operation now because a disk or a broker does not respond. A later attempt may
 * succeed.
 */
public final class LogUnavailableException extends LogException {

    private static final long serialVersionUID = 1;

    public LogUnavailableException(String why) {
        super(why);
    }

    public LogUnavailableException(String why, Throwable cause) {
        super(why, cause);
    }
}
