package dev.courant.log;

/** The event is larger than the log takes. */
public final class EventTooLargeException extends LogException {

    private static final long serialVersionUID = 1;

    public EventTooLargeException(String why) {
        super(why);
    }
}
