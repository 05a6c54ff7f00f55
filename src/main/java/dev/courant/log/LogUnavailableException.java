package dev.courant.log;

/** What is asked cannot be done now, but later perhaps: a disk or a broker does not answer. */
public final class LogUnavailableException extends LogException {

    private static final long serialVersionUID = 1;

    public LogUnavailableException(String why) {
        super(why);
    }

    public LogUnavailableException(String why, Throwable cause) {
        super(why, cause);
    }
}
