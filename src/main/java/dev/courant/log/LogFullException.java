package dev.courant.log;

/** There is no room to store the event: on the disk, mostly. Nothing was stored. */
public final class LogFullException extends LogException {

    private static final long serialVersionUID = 1;

    public LogFullException(String why) {
        super(why);
    }
}
