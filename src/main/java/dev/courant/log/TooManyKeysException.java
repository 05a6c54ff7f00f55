package dev.courant.log;

/** There is no room to remember one more key. */
public final class TooManyKeysException extends LogException {

    private static final long serialVersionUID = 1;

    public TooManyKeysException() {
        super("too many keys");
    }
}
