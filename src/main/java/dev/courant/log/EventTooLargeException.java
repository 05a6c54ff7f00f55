package dev.courant.log;

/** Thrown when an event exceeds the maximum size that the log can store. */
public final class EventTooLargeException extends LogException {

    private static final long serialVersionUID = 1;

    public EventTooLargeException(String why) {
        super(why);
    }
}
