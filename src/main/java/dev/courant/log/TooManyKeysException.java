package dev.courant.log;

/** Thrown when the maximum number of idempotency keys is reached. */
public final class TooManyKeysException extends LogException {

    private static final long serialVersionUID = 1;

    public TooManyKeysException() {
        super("The log stores the maximum number of idempotency keys.");
    }
}
