package dev.courant.log;

/** Thrown when there is no space to store an event, usually because the disk is full. Nothing was stored. */
public final class LogFullException extends LogException {

    private static final long serialVersionUID = 1;

    public LogFullException(String why) {
        super(why);
    }
}
